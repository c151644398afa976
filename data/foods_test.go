package data_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"gutskin/data"
	"gutskin/recommend"
)

// taboo is what somebody must not read as an idea: words, by hand and not from
// kitchen.yaml.
type taboo struct {
	name   string
	is     func(visitor) bool
	words  *regexp.Regexp
	unless *regexp.Regexp // harmless in this reading
	warns  []string       // safety rules that speak of it to warn
}

func food(list string) *regexp.Regexp { return pattern(`(?i)\b(` + list + `)\b`) }

const (
	milkWords   = `milks?|dairy|yogh?urts?|kefir|cheeses?|whey|butter|lactose|ice cream|latte|custard`
	eggWords    = `eggs?|omelettes?|mayonnaise|meringue`
	fishWords   = `fish|seafood|shellfish|salmon|mackerel|sardines?|tuna|herring|trout|anchov(y|ies)|prawns?|shrimps?|crab|kimchi|cod`
	meatWords   = `meat|beef|pork|lamb|chicken|turkey|ham|bacon|sausages?|gelatine?|lard|bone broth`
	soyWords    = `soya?|tofu|tempeh|edamame|miso|natto`
	nutWords    = `nuts?|almonds?|walnuts?|peanuts?|cashews?|hazelnuts?|pistachios?|coconut|seeds?|sesame|tahini|hummus|flax(seed)?|linseed|chia|marzipan`
	grainWords  = `wheat|barley|rye|spelt|breads?|toast|pasta|noodles|couscous|bulgur|cereals?|oats?|porridge|muesli|pastry|pastries|biscuits?|crackers?|kimchi`
	fermentWord = `yogh?urts?|kefir|kimchi|sauerkraut|miso|tempeh|natto|kombucha|ferment(s|ed)?|live cultures`
	agedWords   = `aged|cured|over-?ripe|soy sauce|yeast extract|tap beer|salami`
	rawWords    = `raw|unpasteuri[sz]ed|sushi|sauerkraut|kimchi|undercooked`
	windyWords  = `onions?|garlic|leeks?|beans?|lentils?|chickpeas?|pulses|hummus|wheat|rye|honey|apples?|pears?|mushrooms?|cauliflower|prunes|plain yogurt`
	saltyWords  = `bananas?|kiwis?|oranges?|avocados?|tomato(es)?|potato(es)?|spinach|beans?|lentils?|chickpeas?|pulses|nuts?|dried fruit|raisins|prunes|hummus|yogh?urt`
	amineWords  = `tomato(es)?|spinach|aubergines?|strawberr(y|ies)|oranges?|citrus|chocolate|walnuts?|mackerel|sardines?|tuna|tinned fish|salmon`
)

var (
	plantMilk   = pattern(`(?i)\b(soya|oat|rice|coconut|almond) (drink|yogurt)|added calcium`)
	noGluten    = pattern(`(?i)gluten-free( wholegrain)? (oats|bread)|kimchi labelled`)
	infused     = pattern(`(?i)garlic-infused oil`)
	veganKimchi = pattern(`(?i)kimchi labelled vegan`)
	// Warnings not to have something; nobody is asked to have it.
	warned = pattern(`(?i)vitamin a (and|or|with) cod liver oil|vitamin a or cod liver oil|leave kombucha and home-made ferments for later`)
)

var (
	livers = words("S14 S22") // "leave out … cod liver oil"
	lives  = words("S14 S17 S20 S27 S28")
)

var taboos = []taboo{
	{"vegan", picks("eating_pattern", "vegan"), food(milkWords + "|" + eggWords + "|" + fishWords + "|" + meatWords + "|honey"),
		either(plantMilk, veganKimchi), livers},
	{"vegetarian", picks("eating_pattern", "vegetarian"), food(fishWords + "|" + meatWords), veganKimchi, livers},
	{"dairy-free", picks("eating_pattern", "dairy_free", "al_milk"), food(milkWords), plantMilk, nil},
	{"egg allergy", picks("eating_pattern", "al_egg"), food(eggWords), nil, nil},
	{"nut and seed allergy", picks("eating_pattern", "al_nut"), food(nutWords), nil, nil},
	{"soya allergy", picks("eating_pattern", "al_soy"), food(soyWords), nil, nil},
	{"fish allergy", picks("eating_pattern", "al_fish"), food(fishWords), veganKimchi, livers},
	{"kiwi and latex allergy", picks("eating_pattern", "al_kiwi"), food(`kiwis?|kiwifruit|bananas?|avocados?|chestnuts?|papaya`), nil, nil},
	{"no gluten", func(v visitor) bool {
		return v.said("eating_pattern", "gluten_free") || v.said("conditions", "coeliac")
	},
		food(grainWords), noGluten, words("S23")},
	{"touchy gut", isTouchy, food(windyWords), infused, words("S25")},
	{"histamine", picks("eating_pattern", "histamine"), food(fermentWord + "|" + agedWords + "|" + amineWords), nil, lives},
	{"no ferments", picks("fermented", "avoid"), food(fermentWord), nil, lives},
	{"MAOI", picks("medicines", "maoi"), food(fermentWord + "|" + agedWords), nil, lives},
	{"low immunity", func(v visitor) bool {
		return v.said("conditions", "immune", "line") || v.said("medicines", "immunosupp")
	}, food(fermentWord + "|" + rawWords), nil, lives},
	{"pregnancy", picks("pregnancy", "pregnant", "trying", "breastfeeding"), food(rawWords + `|kombucha|kefir|pâté|alcohol|wine|beer`),
		nil, words("S14 S15 S17 S18 S20 S22 S29")},
	{"kidneys", picks("conditions", "ckd"), food(saltyWords), pattern(`(?i)live (oat|coconut) yogurt`), words("S17 S20 S25 S28")},
	{"fluid limits", func(v visitor) bool {
		return v.said("conditions", "hf", "ckd", "fluid_limit") || v.said("medicines", "lithium_diuretic")
	}, food(`drink more|more water|extra (drink|glass|water)|add 1 drink|with a drink|sips?|glass(es)? of water|stay hydrated`), nil, nil},
	// Nobody is asked to test alcohol who does not drink, or for whom it may not be safe.
	{"no alcohol", func(v visitor) bool {
		return !v.said("alcohol", "low", "high") || v.said("medicines", "methotrexate") || v.said("conditions", "liver") ||
			!v.said("age", "a18_34", "a35_64", "a65")
	}, food(`drink with alcohol|wine|beer`), nil, words("S20")},
}

func either(a, b *regexp.Regexp) *regexp.Regexp { return pattern(a.String() + "|" + b.String()) }

// No sentence that anybody reads about advice or safety names a food they must not
// have. Excepted are the visitor's own answers, quoted back, and the safety notices
// listed above, which warn of exactly that.
func TestNobodyReadsOfFoodTheyMustNotHave(t *testing.T) {
	e := edition(t)
	read := map[string]int{}
	known := memo{}
	everybody(t, 9, 1_500, func(v visitor) string {
		r := v.assess(e)
		var mine []taboo
		for _, x := range taboos {
			if x.is(v) {
				read[x.name]++
				mine = append(mine, x)
			}
		}
		if len(mine) == 0 {
			return ""
		}
		for _, p := range reads(e, v, r) {
			for _, x := range mine {
				if what := known.of(x.name+p.from+p.text, func() string { return x.found(p) }); what != "" {
					return what
				}
			}
		}
		return ""
	})
	for _, x := range taboos {
		if read[x.name] < 50 {
			t.Errorf("only %d visitors with %s: the crowd does not test that", read[x.name], x.name)
		}
	}
}

// passage is a line that a visitor reads, and where.
type passage struct{ from, text string }

// reads is all that a visitor can read: their care strip, the advice shown, and the
// page of every other advice that nothing holds back from them.
func reads(e *data.Edition, v visitor, r recommend.Report) []passage {
	reader := recommend.NewReader(e.Quiz, e.Book, "", v.answers, v.acknowledged...)
	quotes := ownWords(e, v)
	var list []passage
	add := func(from string, texts ...string) {
		for _, text := range texts {
			if text != "" {
				list = append(list, passage{from, quotes.Replace(text)})
			}
		}
	}
	for _, n := range r.Care {
		if n.Level != recommend.Care {
			said := reader.Rule(n.ID)
			add(n.ID, append(said.Say, said.Heading)...)
		}
	}
	read := map[string]bool{}
	for _, shelf := range [][]recommend.Pick{r.Top, r.Beyond, r.Companions, r.Supplements} {
		for i := range shelf {
			read[shelf[i].ID] = true
			add(shelf[i].ID, reader.Advice(shelf[i].ID, &shelf[i]).All()...)
		}
	}
	held := v.held()
	for i := range e.Book.Advice {
		a := &e.Book.Advice[i]
		if !read[a.ID] && !held[a.ID] && len(a.Needs) == 0 {
			add(a.ID, reader.Advice(a.ID, nil).All()...)
		}
	}
	return list
}

// ownWords takes the visitor's own answers out of a text.
func ownWords(e *data.Edition, v visitor) *strings.Replacer {
	var pairs []string
	for id, a := range v.answers {
		for _, value := range a.Values() {
			if o := e.Quiz.Question(id).Option(value); o != nil {
				pairs = append(pairs, o.Said, "(their answer)")
			}
		}
	}
	return strings.NewReplacer(pairs...)
}

func (x taboo) found(p passage) string {
	if slices.Contains(x.warns, p.from) {
		return ""
	}
	text := warned.ReplaceAllString(p.text, "")
	if x.unless != nil {
		text = x.unless.ReplaceAllString(text, "")
	}
	at := x.words.FindStringIndex(text)
	if at == nil {
		return ""
	}
	return x.name + " reads in " + p.from + ": …" + text[max(0, at[0]-60):min(len(text), at[1]+40)] + "…"
}

// A list of words would prove little if the texts never used them.
func TestFoodWordsAreInUse(t *testing.T) {
	e := edition(t)
	v := but("alcohol=low skin=acne,redness extras=milk fermented=never stool=hard wholegrain=rarely prebiotic=d0 drinks=3")
	said := ""
	reader := recommend.NewReader(e.Quiz, e.Book, "", v.answers)
	for i := range e.Book.Advice {
		said += strings.Join(reader.Advice(e.Book.Advice[i].ID, nil).All(), "\n")
	}
	for _, x := range taboos {
		if !x.words.MatchString(said) {
			t.Errorf("%s: no advice uses any of these words", x.name)
		}
	}
}
