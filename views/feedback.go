package views

// FeedbackForm asks once whether results were useful. Its answer leads to nobody.
type FeedbackForm struct {
	words
	Action string
	Most   int // characters
}

// feedback is the question for whoever holds the private link. Nobody is asked who was
// told to get help now or soon, who sees no numbers, or who was asked before.
func (page *ResultsPage) feedback(in *ResultsInput) *FeedbackForm {
	if !in.Asks || in.ViewOnly || !in.Visits.newest() || !page.Numbers || page.CrisisHelp || in.urgent() {
		return nil
	}
	return &FeedbackForm{words: page.words(), Action: "/r/" + in.Key + "/feedback", Most: FeedbackMost}
}

// MayAsk reports that the results ask whether they were useful.
func MayAsk(page Page, in ResultsInput) bool { return NewResultsPage(page, in).Feedback != nil }

// FeedbackMost is how many characters somebody may write about their results.
const FeedbackMost = 300

// Heard is what may be shown to the owner of what people said.
type Heard struct {
	Yes, Partly, No int
	Words           []string
}

// FeedbackPage tells the owner what people say about their results.
type FeedbackPage struct {
	Page
	Rows  []HeardRow
	Words []string
}

// HeardRow is one answer and how many gave it.
type HeardRow struct{ Answer, People string }

// Template names the page's template.
func (FeedbackPage) Template() string { return "feedback" }

// heardLeast is the smallest number of people that is told.
const heardLeast = 10

// NewFeedbackPage makes the page. A number under 10 is not told, and no sum that would
// give it away.
func NewFeedbackPage(p Page, h Heard) FeedbackPage {
	page := FeedbackPage{Page: p, Words: h.Words}
	page.private(p.T("feedback.name"))
	page.Back = "/operator/figures"
	if h.Yes+h.Partly+h.No == 0 {
		return page
	}
	for _, row := range []struct {
		answer string
		n      int
	}{{p.T("feedback.yes"), h.Yes}, {p.T("feedback.partly"), h.Partly}, {p.T("feedback.no"), h.No}} {
		people := p.T("feedback.few", heardLeast)
		if row.n >= heardLeast {
			people = itoa(row.n)
		}
		page.Rows = append(page.Rows, HeardRow{row.answer, people})
	}
	return page
}
