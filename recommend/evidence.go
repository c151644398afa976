package recommend

// Grade is how sure the evidence lets us be about one outcome.
type Grade string

// The grades, best first. NoGrade: no claim is made.
const (
	Strong   Grade = "strong"
	Moderate Grade = "moderate"
	Limited  Grade = "limited"
	Weak     Grade = "weak"
	NoGrade  Grade = "none"
)

// GradeWords put a grade into words.
type GradeWords struct {
	ID    Grade  `yaml:"id"`
	Name  string `yaml:"name"`
	Mid   string `yaml:"mid"`   // its name inside a sentence
	Says  string `yaml:"says"`  // "This probably helps."
	Means string `yaml:"means"` // what the grade stands for
	Dots  int    `yaml:"dots"`  // of four
	Worth int    `yaml:"worth"` // in the ranking arithmetic
}

// Topic is a statement about the evidence.
type Topic struct {
	ID      string   `yaml:"id"`
	Name    string   `yaml:"name"`
	Says    string   `yaml:"says"`
	Health  Grade    `yaml:"health"`
	Skin    Grade    `yaml:"skin"`
	Why     string   `yaml:"why"`     // why this grade
	Against bool     `yaml:"against"` // good evidence speaks against it: the grade is never for it
	Sources []string `yaml:"sources"`
}

// Threshold is a public-health number we use, with where it comes from.
type Threshold struct {
	ID      string   `yaml:"id"`
	Says    string   `yaml:"says"`
	Sources []string `yaml:"sources"`
}

// Source is an entry of the citation register.
type Source struct {
	ID     string `yaml:"id"`
	Cite   string `yaml:"cite"` // authors, title, journal
	Year   int    `yaml:"year"`
	DOI    string `yaml:"doi"`
	URL    string `yaml:"url"`
	Seen   string `yaml:"seen"`   // seen: found in a stored source; memory: bibliographic data from memory
	Remark string `yaml:"remark"` // what to know about it: funding, what was not seen
}

// Passage is a passage of the article, in our words.
type Passage struct {
	ID         string   `yaml:"id"`
	Section    string   `yaml:"section"`
	Says       string   `yaml:"says"` // a paraphrase
	Kind       string   `yaml:"kind"` // claim, definition, mechanism, recommendation, promotion
	Correction string   `yaml:"correction"`
	Evidence   []string `yaml:"evidence"`
	Unused     string   `yaml:"unused"` // why nothing is drawn from it
}
