package recommend

import "gutskin/quiz"

// Kitchen knows foods, so that no sentence names one a person must not have.
type Kitchen struct {
	Tags   []Tag   `yaml:"tags"`
	Foods  []Food  `yaml:"foods"`
	Eaters []Eater `yaml:"eaters"`
}

// Tag is a property of food that some people avoid.
type Tag struct {
	ID    string   `yaml:"id"`
	Words []string `yaml:"words"` // words that give it away; texts may only use them through food lists
}

// Food is something to eat or drink that advice can name.
type Food struct {
	ID      string   `yaml:"id"`
	Text    string   `yaml:"text"`
	Tags    []string `yaml:"tags"`
	Instead string   `yaml:"instead"` // the food to name in its place

	tags    []int // places of Tags
	instead int   // place of Instead, or -1
}

// Eater is a kind of eater: a chosen pattern, a need, a budget. Its id names the
// variants of advice made for it.
type Eater struct {
	ID      string         `yaml:"id"`
	Name    string         `yaml:"name"`
	When    quiz.Condition `yaml:"when"`
	Without []string       `yaml:"without"`

	when    *quiz.Predicate
	without []int // places of tags
}
