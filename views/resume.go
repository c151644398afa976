package views

// ResumePage greets someone who comes back to a quiz they left.
type ResumePage struct {
	Page
	Heading string
	CarryOn string
}

// Template names the page's template.
func (ResumePage) Template() string { return "resume" }

// NewResumePage makes the page for a visitor who has answered this many questions.
func NewResumePage(p Page, answered int) ResumePage {
	questions := p.Edition.Quiz.Questions
	page := ResumePage{
		Page:    p,
		Heading: p.N("resume.title", answered),
		// Whoever asks for a question ahead is sent to the first open one.
		CarryOn: slug(questions[len(questions)-1].ID),
	}
	page.private(p.T("resume.name"))
	page.Back = p.first()
	return page
}
