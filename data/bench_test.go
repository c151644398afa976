package data_test

import (
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

// What one visitor costs. "full" answers every question, with much to advise on;
// "ordinary" has little to be careful about; "heavy" sets off as many safety rules as
// one person can without an emergency, which would silence all the rest.
var benched = []struct{ name, words string }{
	{"ordinary", "plants=p10_19 sugar=daily sleep_hours=6.5 skin=dryness"},
	{"full", "age=a18_34 plants=p0_9 fruitveg=fv2 wholegrain=few_week fermented=never prebiotic=d0 upf=daily sugar=daily " +
		"stress_freq=most stress_cope=just unwind=d1_2 sleep_hours=6.5 sleep_trouble=n1_2 rested=sometimes " +
		"evening=late_caffeine,irregular drinks=4 thirst_signs=sometimes alcohol=low gut_feel=weekly stool=hard " +
		"skin=acne,redness skin_detail=moderate extras=milk,smoke,collagen_s"},
	{"heavy", "age=a18_34 gut_flags=blood_stool,weight_loss,vomiting,night_gut,swallow,new_change,anaemia_fever,family_hx " +
		"conditions=hf,ckd,fluid_limit,immune,line,coeliac,ibs,ibd,sibo,diabetes_med,liver " +
		"medicines=warfarin,thinner,maoi,retinoid,immunosupp,antibiotic,methotrexate,lithium_diuretic pregnancy=breastfeeding " +
		"eating_pattern=vegan,gluten_free,low_fodmap,histamine,al_milk,al_egg,al_nut,al_soy,al_fish,al_kiwi,budget food_feelings=ed " +
		"plants=p0_9 fruitveg=fv0_1 wholegrain=rarely fermented=never prebiotic=d0 upf=most sugar=many_day stress_freq=all " +
		"stress_cope=overwhelmed unwind=d0 sleep_hours=4.5 sleep_trouble=n5_7 rested=never " +
		"evening=late_caffeine,irregular,alcohol_sleep,screens_bed,shift,snore_gasp drinks=2 thirst_signs=daily " +
		"alcohol=daily_heavy gut_feel=daily stool=mixed skin=acne,eczema,redness,psoriasis,dryness,lines " +
		"skin_detail=severe,deep_scars,infected,eyes,joints,cycle extras=probiotic_s,collagen_s,vit_a,omega_s,other_s,smoke,cut_foods"},
}

func bench(b *testing.B, run func(*quiz.Questionnaire, *recommend.Book, quiz.Answers)) {
	e := edition(b)
	for _, c := range benched {
		b.Run(c.name, func(b *testing.B) {
			v := but(c.words)
			if err := e.Quiz.Check(v.answers); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				run(e.Quiz, e.Book, v.answers)
			}
		})
	}
}

func BenchmarkAssess(b *testing.B) {
	bench(b, func(q *quiz.Questionnaire, book *recommend.Book, a quiz.Answers) { recommend.Assess(q, book, a) })
}

func BenchmarkWalk(b *testing.B) {
	bench(b, func(q *quiz.Questionnaire, _ *recommend.Book, a quiz.Answers) { q.Walk(a) })
}

func BenchmarkEmergencies(b *testing.B) {
	bench(b, func(q *quiz.Questionnaire, book *recommend.Book, a quiz.Answers) { book.Emergencies(q, a) })
}

// With the receipt, as a report has it.
func BenchmarkScore(b *testing.B) {
	bench(b, func(q *quiz.Questionnaire, _ *recommend.Book, a quiz.Answers) { q.Score(a, quiz.Veil{}) })
}

// The five scores alone.
func BenchmarkStandings(b *testing.B) {
	room := make([]quiz.Standing, 0, 8)
	bench(b, func(q *quiz.Questionnaire, _ *recommend.Book, a quiz.Answers) { q.Standings(room, a, quiz.Veil{}) })
}
