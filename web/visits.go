package web

import (
	"strconv"

	"gutskin/data"
	"gutskin/recommend"
	"gutskin/views"
)

// visitsOf says when each report of a journal was made. The newest is the one shown.
func visitsOf(j Journal) views.Visits {
	v := views.Visits{Nth: len(j.Entries)}
	for _, e := range j.Entries {
		v.At = append(v.At, e.TakenAt)
	}
	return v
}

// visit reads the place of a report among n, the oldest being 1.
func visit(s string, n int) (int, error) {
	i, err := strconv.Atoi(s)
	if err != nil || i < 1 || i > n || strconv.Itoa(i) != s {
		return 0, ErrNotFound
	}
	return i, nil
}

// before compares the newest report with the one before it. There is nothing to say
// on an older report, or when the one before cannot be read: that must not keep
// anybody from the newest.
func (r *result) before() *views.Before {
	n := len(r.journal.Entries)
	if n < 2 || r.input.Visits.Nth != n {
		return nil
	}
	then, err := readReport(r.journal.Entries[n-2])
	if err != nil {
		return nil
	}
	then, reworked := under(r.edition, then)
	return &views.Before{
		TakenAt: then.TakenAt, Reworked: reworked != nil,
		Scores: recommend.Compare(r.edition.Quiz, then, r.input.Report).Scores,
	}
}

// under works a report out again under an edition, when it was made with another one.
func under(e *data.Edition, report recommend.Report) (recommend.Report, *recommend.Reworked) {
	if report.Edition == e.Hash {
		return report, nil
	}
	again := recommend.Rework(e.Quiz, e.Book, e.Hash, report)
	return again.Report, &again
}
