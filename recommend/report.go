package recommend

import (
	"fmt"
	"math"
	"strconv"
	"time"

	"gutskin/quiz"
)

// Report is what one visitor is told, by id: a fact of its day. The words belong
// to the edition it was made with. Its JSON is the shape that the command line
// prints, the store keeps and a visitor downloads.
type Report struct {
	Edition      string       `json:"edition"`
	TakenAt      time.Time    `json:"taken_at,omitzero"` // set by whoever knows the time
	Answers      quiz.Answers `json:"answers"`
	Acknowledged []string     `json:"acknowledged,omitempty"` // emergency rules the visitor has answered on the get-help page
	Scores       []quiz.Score `json:"scores"`                 // the pillars in order, then the overall
	Labels       Labels       `json:"labels"`
	Care         []Notice     `json:"care"` // in the order shown
	Top          []Pick       `json:"top"`  // at most three
	More         []Pick       `json:"more"` // what ranked below them
	Beyond       []Pick       `json:"beyond"`
	Companions   []Pick       `json:"companions"`
	Supplements  []Pick       `json:"supplements"`
	Held         []Hold       `json:"held"`
	Receipt      []quiz.Line  `json:"receipt"`
}

// Labels describe and are never scored.
type Labels struct {
	Gut             string   `json:"gut,omitempty"` // the id of a gut signal; empty when too little was said
	Skin            []string `json:"skin"`
	SeeProfessional bool     `json:"see_professional"`
}

// Notice is a safety rule that fired, or a care-first recommendation.
type Notice struct {
	ID      string        `json:"id"`
	Level   Level         `json:"level"`
	Because []quiz.Reason `json:"because,omitempty"`
}

// Pick is a recommendation that was chosen.
type Pick struct {
	ID       string        `json:"id"`
	Key      string        `json:"key"`
	Priority *Hundredths   `json:"priority,omitempty"` // only where it was ranked
	Health   Grade         `json:"health"`
	Skin     Grade         `json:"skin"` // for the concerns this visitor ticked
	Passages []string      `json:"passages"`
	Sources  []string      `json:"sources"`
	Because  []quiz.Reason `json:"because"`
	Variants []string      `json:"variants"`
	Cautions []string      `json:"cautions,omitempty"` // safety rules whose text must stand on the card
}

// Hold is a recommendation that safety rules kept back although it applied.
type Hold struct {
	ID string   `json:"id"`
	By []string `json:"by"`
}

// Hundredths is an exact number with two decimals, written as a JSON number.
type Hundredths int

// MarshalJSON writes 1492 as 14.92 and 1800 as 18.
func (h Hundredths) MarshalJSON() ([]byte, error) {
	return strconv.AppendFloat(nil, float64(h)/100, 'f', -1, 64), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (h *Hundredths) UnmarshalJSON(b []byte) error {
	f, err := strconv.ParseFloat(string(b), 64)
	if err != nil {
		return fmt.Errorf("read a priority: %w", err)
	}
	*h = Hundredths(math.Round(f * 100))
	return nil
}

// Shelves are all recommendations but the care-first ones, in the order shown.
func (r *Report) Shelves() [][]Pick {
	return [][]Pick{r.Top, r.More, r.Companions, r.Beyond, r.Supplements}
}

// Shown returns every recommendation the report shows, by id, care-first ones too.
func (r *Report) Shown() []string {
	var ids []string
	for _, n := range r.Care {
		if n.Level == Care {
			ids = append(ids, n.ID)
		}
	}
	for _, shelf := range r.Shelves() {
		for i := range shelf {
			ids = append(ids, shelf[i].ID)
		}
	}
	return ids
}
