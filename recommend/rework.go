package recommend

import (
	"slices"
	"time"

	"gutskin/quiz"
)

// Reworked is an older report worked out again under a newer edition. Show it as
// that: it is not what the visitor was told on the day.
type Reworked struct {
	Report  Report   // with the date of the older one and the edition it was reworked under
	Was     string   // the edition it was made with
	Dropped []string // questions whose answers the newer edition cannot read whole, or does not ask for; sorted
}

// Rework works a report out again under the content q and b of an edition.
func Rework(q *quiz.Questionnaire, b *Book, edition string, old Report) Reworked {
	r := Reworked{Was: old.Edition}
	answers := quiz.Answers{}
	for id, a := range old.Answers {
		if x := q.Question(id); x != nil {
			if a = x.Readable(a); x.Check(a) == nil {
				answers[id] = a
			}
		}
	}
	r.Report = Assess(q, b, answers, old.Acknowledged...)
	for id, a := range old.Answers {
		if kept, ok := r.Report.Answers[id]; !ok || !sameAnswer(kept, a) {
			r.Dropped = append(r.Dropped, id)
		}
	}
	slices.Sort(r.Dropped)
	r.Report.Edition, r.Report.TakenAt = edition, old.TakenAt
	return r
}

// Series is one score over time, oldest first.
type Series struct {
	Pillar string
	Dots   []Dot
}

// Dot is one score of a series. Without Figures it is a gap.
type Dot struct {
	At      time.Time
	State   quiz.State
	Figures *quiz.Figures
	Edition bool // a gap because the report is of another edition than the newest
}

// trendFrom is how many reports make a trend.
const trendFrom = 3

// Trend gives a series for each score of the newest report; nil for fewer than three
// reports. A report of another edition leaves a gap: give it to Rework first. A score
// that the newest report keeps back has gaps only.
func Trend(reports ...Report) []Series {
	if len(reports) < trendFrom {
		return nil
	}
	reports = slices.Clone(reports)
	slices.SortStableFunc(reports, func(a, b Report) int { return a.TakenAt.Compare(b.TakenAt) })
	newest := reports[len(reports)-1]
	var list []Series
	for _, score := range newest.Scores {
		series := Series{Pillar: score.Pillar}
		for _, r := range reports {
			s := scoreOf(r, score.Pillar)
			dot := Dot{At: r.TakenAt, State: s.State, Figures: s.Figures}
			if dot.Edition = r.Edition != newest.Edition; dot.Edition || veiled(score) {
				dot.Figures = nil
			}
			series.Dots = append(series.Dots, dot)
		}
		list = append(list, series)
	}
	return list
}
