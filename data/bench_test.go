package data_test

import (
	"testing"

	"gutskin/quiz"
	"gutskin/recommend"
)

// busy answers every question, with much to advise on.
const busy = "age=a18_34 plants=p0_9 fruitveg=fv2 wholegrain=few_week fermented=never prebiotic=d0 upf=daily sugar=daily " +
	"stress_freq=most stress_cope=just unwind=d1_2 sleep_hours=6.5 sleep_trouble=n1_2 rested=sometimes " +
	"evening=late_caffeine,irregular drinks=4 thirst_signs=sometimes alcohol=low gut_feel=weekly stool=hard " +
	"skin=acne,redness skin_detail=moderate extras=milk,smoke,collagen_s"

func BenchmarkAssess(b *testing.B) {
	e, v := edition(b), but(busy)
	b.ReportAllocs()
	for b.Loop() {
		recommend.Assess(e.Quiz, e.Book, v.answers)
	}
}

func BenchmarkScore(b *testing.B) {
	e, v := edition(b), but(busy)
	kept := e.Quiz.Walk(v.answers).Kept
	b.ReportAllocs()
	for b.Loop() {
		e.Quiz.Score(kept, quiz.Veil{})
	}
}
