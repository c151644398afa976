package data

import (
	"slices"

	"gutskin/quiz"
	"gutskin/recommend"
)

// What a difference can be about.
const (
	aboutNotice       = "notice"       // a safety notice; From or To is its level, or ""
	aboutNumber       = "number"       // the number of a pillar goes "up" or "down"
	aboutBand         = "band"         // the band of a pillar, or the state of a score without one
	aboutTop          = "top"          // an advice among the first three
	aboutShown        = "shown"        // an advice anywhere
	aboutHeld         = "held"         // an advice that a safety rule keeps back; the other side is held, shown or ""
	aboutGut          = "gut"          // the gut label
	aboutProfessional = "professional" // the label "worth a professional look"
)

// chapters is the order in which they are told. Numbers and bands go pillar by pillar.
var chapters = map[string]int{
	aboutNotice: 1, aboutHeld: 2, aboutNumber: 3, aboutBand: 3, aboutTop: 4, aboutShown: 5, aboutGut: 6, aboutProfessional: 7,
}

// Difference is one thing that two reports of the same member do not share.
type Difference struct {
	About string `json:"about"`        // notice, held, number, band, top, shown, gut or professional
	ID    string `json:"id,omitempty"` // of the pillar, the advice or the safety rule
	By    string `json:"by,omitempty"` // of held: the safety rule
	// Before and now: the level of a notice, the band or state of a score, the id of a
	// label, "up" or "down", or "yes" for what is simply there. "" is nothing.
	From string `json:"from,omitempty"`
	To   string `json:"to,omitempty"`
}

// there marks something that is simply there or not. An advice that one rule does not
// keep back can be held by another, or shown.
const (
	there   = "yes"
	isHeld  = "held"
	isShown = "shown"
)

// lost reports that a safety notice is gone.
func (d Difference) lost() bool { return d.About == aboutNotice && d.To == "" }

// quieter reports that a safety notice speaks less loudly.
func (d Difference) quieter() bool {
	return d.About == aboutNotice && d.From != "" && d.To != "" && recommend.Level(d.From).Louder(recommend.Level(d.To))
}

// differences calls found for each thing that differs, with the size of the step for
// numbers.
func differences(before, now *recommend.Report, found func(d Difference, step int)) {
	both := func(about string, facts func(*recommend.Report) map[[2]string]string) {
		was, is := facts(before), facts(now)
		for key, from := range was {
			if to := is[key]; to != from {
				found(Difference{about, key[0], key[1], from, to}, 0)
			}
		}
		for key, to := range is {
			if _, ok := was[key]; !ok {
				found(Difference{about, key[0], key[1], "", to}, 0)
			}
		}
	}
	both(aboutNotice, notices)
	held(before, now, found)
	both(aboutBand, bands)
	both(aboutTop, func(r *recommend.Report) map[[2]string]string { return each(ids(r.Top)) })
	both(aboutShown, func(r *recommend.Report) map[[2]string]string { return each(r.Shown()) })
	if before.Labels.Gut != now.Labels.Gut {
		found(Difference{About: aboutGut, From: before.Labels.Gut, To: now.Labels.Gut}, 0)
	}
	if was, is := before.Labels.SeeProfessional, now.Labels.SeeProfessional; was && !is {
		found(Difference{About: aboutProfessional, From: there}, 0)
	} else if is && !was {
		found(Difference{About: aboutProfessional, To: there}, 0)
	}
	compareNumbers(before, now, found)
}

func notices(r *recommend.Report) map[[2]string]string {
	facts := map[[2]string]string{}
	for _, n := range r.Care {
		if n.Level != recommend.Care {
			facts[[2]string{n.ID}] = string(n.Level)
		}
	}
	return facts
}

// held compares which rule keeps which advice back. Where a rule does so on one side
// only, the other side says what becomes of the advice there.
func held(before, now *recommend.Report, found func(d Difference, step int)) {
	was, is := heldBy(before), heldBy(now)
	for pair := range was {
		if !is[pair] {
			found(Difference{aboutHeld, pair[0], pair[1], there, fate(now, pair[0])}, 0)
		}
	}
	for pair := range is {
		if !was[pair] {
			found(Difference{aboutHeld, pair[0], pair[1], fate(before, pair[0]), there}, 0)
		}
	}
}

func heldBy(r *recommend.Report) map[[2]string]bool {
	pairs := map[[2]string]bool{}
	for _, h := range r.Held {
		for _, by := range h.By {
			pairs[[2]string{h.ID, by}] = true
		}
	}
	return pairs
}

// fate is what becomes of an advice: shown, held, or "" where it does not apply or
// found no place.
func fate(r *recommend.Report, advice string) string {
	switch {
	case slices.ContainsFunc(r.Held, func(h recommend.Hold) bool { return h.ID == advice }):
		return isHeld
	case slices.Contains(r.Shown(), advice):
		return isShown
	}
	return ""
}

// bands names the band of each score, or its state where there is none.
func bands(r *recommend.Report) map[[2]string]string {
	facts := map[[2]string]string{}
	for i := range r.Scores {
		s := &r.Scores[i]
		facts[[2]string{s.Pillar}] = string(s.State)
		if s.Figures != nil {
			facts[[2]string{s.Pillar}] = s.Band
		}
	}
	return facts
}

func each(ids []string) map[[2]string]string {
	facts := map[[2]string]string{}
	for _, id := range ids {
		facts[[2]string{id}] = there
	}
	return facts
}

func compareNumbers(before, now *recommend.Report, found func(d Difference, step int)) {
	for i := range before.Scores {
		was := &before.Scores[i]
		at := slices.IndexFunc(now.Scores, func(s quiz.Score) bool { return s.Pillar == was.Pillar })
		if at < 0 || was.Figures == nil || now.Scores[at].Figures == nil {
			continue
		}
		switch step := now.Scores[at].Value - was.Value; {
		case step > 0:
			found(Difference{About: aboutNumber, ID: was.Pillar, To: "up"}, step)
		case step < 0:
			found(Difference{About: aboutNumber, ID: was.Pillar, To: "down"}, -step)
		}
	}
}
