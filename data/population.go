package data

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"

	"gutskin/quiz"
)

// populationFile says what made-up visitors answer.
const populationFile = "population.yaml"

// Population makes up visitors, each from a seed and a number, the same ones every
// time. Any number of goroutines may use it.
type Population struct {
	helped   float64
	draws    []draw
	editions []*quiz.Questionnaire
	Notes    []string // what the file leaves open
}

// draw is how one question is answered.
type draw struct {
	*quiz.Question
	skip  float64
	odds  []odd
	cases []drawCase
}

type drawCase struct {
	when *quiz.Condition
	in   *quiz.Questionnaire
	odds []odd
}

// odd is one answer and how often it is given: among others, or of 100 people.
type odd struct {
	option string // "": the number
	number float64
	weight float64
}

// crowdFile is population.yaml.
type crowdFile struct {
	Skip      float64       `yaml:"skip"`
	Helped    float64       `yaml:"helped"`
	Questions []crowdWeight `yaml:"questions"`
}

type crowdWeight struct {
	ID      string             `yaml:"id"`
	Skip    *float64           `yaml:"skip"` // nil: as for all questions
	Weights map[string]float64 `yaml:"weights"`
	Cases   []struct {
		When    quiz.Condition     `yaml:"when"`
		Weights map[string]float64 `yaml:"weights"`
	} `yaml:"cases"`
}

// LoadPopulation reads population.yaml of a content folder. Its questions and answers
// may be of any of the editions, the newest first. Where the folder has no such file,
// every answer is as likely. The error is Problems.
func LoadPopulation(fsys fs.FS, editions ...*Edition) (*Population, error) {
	body, err := fs.ReadFile(fsys, populationFile)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the population: %w", err)
	}
	a := &assembly{files: map[string][]byte{populationFile: body}, places: atlas{}}
	file := crowdFile{Skip: 3, Helped: 50}
	if err == nil {
		a.decode(populationFile, &file)
	}
	if len(a.problems) > 0 {
		return nil, a.problems
	}
	a.places.chart(populationFile, a.tree(populationFile))

	p := &Population{helped: file.Helped}
	for _, e := range editions {
		p.editions = append(p.editions, e.Quiz)
	}
	c := &crowdReader{Population: p, f: &quiz.Finder{}, file: &file}
	c.percent("skip", file.Skip)
	c.percent("helped", file.Helped)
	quiz.Unique(c.f, "questions", file.Questions, func(w *crowdWeight) string { return w.ID })
	for i := range file.Questions {
		if id := file.Questions[i].ID; id != "" && p.question(id) == nil && !c.retired(id) {
			c.f.Add("questions."+id, "no question has the id %q", id)
		}
	}
	for _, x := range asked(p.editions) {
		p.draws = append(p.draws, c.draw(x))
	}
	for _, found := range c.f.Problems {
		a.problems = append(a.problems, a.places.locate(found))
	}
	if len(a.problems) > 0 {
		return nil, a.problems.sorted()
	}
	return p, nil
}

// asked merges the questions of all editions: those of the newest in their order, and
// those that only an older one has before the next question that both have.
func asked(editions []*quiz.Questionnaire) []*quiz.Question {
	var list []*quiz.Question
	for _, q := range editions {
		at := 0
		for i := range q.Questions {
			x := &q.Questions[i]
			known := slices.IndexFunc(list, func(y *quiz.Question) bool { return y.ID == x.ID })
			if known < 0 {
				list = slices.Insert(list, at, x)
				known = at
			}
			at = max(at, known+1)
		}
	}
	return list
}

// question is the newest question with this id, or nil.
func (p *Population) question(id string) *quiz.Question {
	for _, q := range p.editions {
		if x := q.Question(id); x != nil {
			return x
		}
	}
	return nil
}

// Person makes up visitor n: what they answer, and whether they have answered the
// get-help page, should they come to it.
func (p *Population) Person(seed uint64, n int) (answers quiz.Answers, helped bool) {
	chance := rand.New(rand.NewPCG(seed, uint64(n)))
	answers = make(quiz.Answers, len(p.draws))
	for i := range p.draws {
		d := &p.draws[i]
		if p.any(d.ID, func(q *quiz.Questionnaire, x *quiz.Question) bool {
			return holds(q, x.AskIf, answers)
		}) {
			answers[d.ID] = p.answer(chance, d, answers)
		}
	}
	return answers, hit(chance, p.helped)
}

func (p *Population) answer(chance *rand.Rand, d *draw, so quiz.Answers) quiz.Answer {
	if hit(chance, d.skip) {
		return quiz.Answer{}
	}
	odds := d.odds
	for _, c := range d.cases {
		if holds(c.in, c.when, so) {
			odds = c.odds
			break
		}
	}
	var offered []odd
	for _, o := range odds {
		if o.option == "" || p.any(d.ID, func(q *quiz.Questionnaire, x *quiz.Question) bool {
			option := x.Option(o.option)
			return option != nil && holds(q, option.OfferIf, so)
		}) {
			offered = append(offered, o)
		}
	}
	if d.Kind == quiz.Many {
		return ticks(chance, d.Question, offered)
	}
	return one(chance, offered)
}

// any reports whether ok holds in an edition that has this question.
func (p *Population) any(question string, ok func(*quiz.Questionnaire, *quiz.Question) bool) bool {
	return slices.ContainsFunc(p.editions, func(q *quiz.Questionnaire) bool {
		x := q.Question(question)
		return x != nil && ok(q, x)
	})
}

func holds(q *quiz.Questionnaire, c *quiz.Condition, a quiz.Answers) bool {
	if c == nil {
		return true
	}
	ok, _ := q.Holds(c, a, nil)
	return ok
}

func hit(chance *rand.Rand, percent float64) bool { return chance.Float64()*100 < percent }

// one picks by shares.
func one(chance *rand.Rand, odds []odd) quiz.Answer {
	total := 0.0
	for _, o := range odds {
		total += o.weight
	}
	at := chance.Float64() * total
	for _, o := range odds {
		if at -= o.weight; at < 0 {
			if o.option != "" {
				return quiz.Pick(o.option)
			}
			return quiz.Num(o.number)
		}
	}
	return quiz.Answer{}
}

// ticks picks each option by itself. An option that stands alone is picked where
// nothing else is.
func ticks(chance *rand.Rand, x *quiz.Question, odds []odd) quiz.Answer {
	var picked []string
	for _, o := range odds {
		if hit(chance, o.weight) {
			picked = append(picked, o.option)
		}
	}
	if len(picked) > 0 {
		return quiz.Pick(picked...)
	}
	for i := range x.Options {
		if o := &x.Options[i]; o.Exclusive && !o.Skip {
			return quiz.Pick(o.ID)
		}
	}
	return quiz.Answer{}
}

// number reads a key of weights that stands for a number.
func number(key string) (float64, bool) {
	n, err := strconv.ParseFloat(key, 64)
	return n, err == nil
}
