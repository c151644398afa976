package web

import (
	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// routes is the site map: every address the application answers.
func (s *site) routes(app *fiber.App) error {
	app.Use(s.record, s.bounded, s.pages, strict, s.guard, compressed, s.pages, refuseCrossSite(s.cross), s.posts.posts, s.chooseLanguage)

	if err := s.contentPages(app, []contentPage{
		{path: "/", make: startMaker(views.Underway{}), own: s.welcomeBack},
		{path: "/how-scoring-works", make: func(p views.Page) screen { return views.NewScoringPage(p) }},
		{path: "/evidence", make: func(p views.Page) screen { return views.NewEvidencePage(p) }},
		{path: "/article", make: func(p views.Page) screen { return views.NewArticlePage(p) }},
		{path: "/privacy", make: func(p views.Page) screen { return views.NewPrivacyPage(p, s.setCookies()) }},
		{path: "/accessibility", make: func(p views.Page) screen { return views.NewAccessibilityPage(p) }},
		{path: "/help", make: func(p views.Page) screen { return views.NewHelpPage(p) }},
	}); err != nil {
		return err
	}
	app.Get("/advice/:advice", s.showAdvice)
	if s.Dev {
		app.Get("/styleguide", s.showStyleguide)
	}

	s.quizRoutes(app)
	s.resultRoutes(app)

	app.Get(embedAddress, s.showEmbed)
	app.Get("/embed.js", s.showEmbedScript)

	app.Get("/mine", s.showMine)
	app.Post("/mine", s.openLink)
	app.Post("/mine/forget", s.forget)
	app.Post("/mine/reopen", s.reopen)
	app.Post("/mine/take-over", deadline, s.takeOver)

	s.operatorRoutes(app)

	app.Get("/static/:name", s.showAsset)
	app.Get("/robots.txt", s.showRobots)
	app.Get("/.well-known/security.txt", s.showSecurity)
	app.Get(alivePath, showAlive)
	app.Get(readyPath, s.showReady)
	return nil
}

// quizRoutes are the way from consent to the results.
func (s *site) quizRoutes(app *fiber.App) {
	app.Use("/quiz", s.keepsCookies)
	app.Get("/quiz", s.showResume)
	app.Get(finishedAddress, s.showFinished)
	app.Get("/quiz/consent", s.showConsent)
	app.Post("/quiz/consent", s.saveConsent)
	app.Post("/quiz/restart", s.restart)
	app.Get("/quiz/get-help", s.showGetHelp)
	app.Post("/quiz/get-help", s.saveGetHelp)
	app.Get("/quiz/under-18", s.showUnderAge)
	app.Get("/quiz/answers", s.showAnswers)
	app.Post("/quiz/finish", s.finishes.keep, deadline, s.finish)
	app.Post("/quiz/steps", s.saveSteps)
	app.Get("/quiz/section/:section", s.showSection)
	app.Post("/quiz/section/:section", s.saveSection)
	app.Get("/quiz/:question", s.showQuestion)
	app.Post("/quiz/:question", s.saveQuestion)
}

// operatorRoutes are for the owner, who sees figures and never a person.
func (s *site) operatorRoutes(app *fiber.App) {
	o := app.Group("/operator", deadline, s.operatorOnly)
	o.Get("", s.showSignIn)
	o.Post("", s.signIn)
	o.Post("/sign-out", s.signOut)
	o.Get("/figures", s.showFigures)
	o.Get("/figures.csv", s.sendFigures)
	o.Get("/feedback", s.showFeedback)
}

// resultRoutes are everything under a link. View-only links open the first of them;
// the others change something, or are for whoever holds the private link.
func (s *site) resultRoutes(app *fiber.App) {
	r := app.Group("/r/:key", s.askFirst, s.misses.misses, deadline)
	r.Get("", s.showResults)
	r.Get("/advice/:advice", s.showOwnAdvice)
	r.Get("/sums", s.showSums)
	r.Get("/what-if", s.showWhatIf)
	r.Post("/what-if", s.tryWhatIf)
	r.Get("/report/:n", s.showResults)
	r.Get("/report/:n/advice/:advice", s.showOwnAdvice)
	r.Get("/report/:n/sums", s.showSums)
	r.Get("/compare", s.showCompare)

	r.Get("/again", s.showAgain)
	r.Post("/again", s.startAgain)
	r.Get("/data", s.showData)
	r.Get("/data.json", s.sendJSON)
	r.Get("/data.csv", s.sendCSV)
	r.Get("/save", s.showSave)
	r.Post("/email", s.sendLink)
	r.Post("/share", s.shares.keep, s.share)
	r.Post("/unshare", s.unshare)
	r.Post("/feedback", s.saveFeedback)
	r.Get("/renew", s.showRenew)
	r.Post("/renew", s.renew)
	r.Get("/delete", s.showDelete)
	r.Post("/delete", s.deleteResults)

	r.Get("/plan", s.showPlan)
	r.Post("/plan", s.savePlan)
	r.Get("/plan/choose", s.showIdeas)
	r.Post("/plan/choose", s.chooseIdeas)
	r.Post("/plan/ticks", s.saveTicks)
	r.Get("/plan/remove", s.showRemovePlan)
	r.Post("/plan/remove", s.removePlan)
	r.Get("/plan.ics", s.showCalendar)
	r.Get("/check-in", s.showCheckIn)
	r.Post("/check-in", s.saveCheckIn)
	r.Get("/check-in/result", s.showCheckedIn)
}
