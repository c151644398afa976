package web

import (
	"net/http"

	"github.com/gofiber/fiber/v2"

	"gutskin/figures"
	"gutskin/views"
)

const figuresAddress = "/operator/figures"

// figuresFor reads what may be seen, after it has made the pieces that are due. Pages
// and downloads are made from pieces alone.
func (s *site) figuresFor(c *fiber.Ctx) (views.FiguresInput, error) {
	in := views.FiguresInput{
		From: c.Query("from"), To: c.Query("to"), Lang: c.Query("language"),
		Languages: s.languages.editions,
	}
	ctx := c.UserContext()
	made, err := s.Store.Pieces(ctx)
	if err != nil {
		return in, err
	}
	rows, err := s.Store.Tallies(ctx)
	if err != nil {
		return in, err
	}
	in.Pieces = made
	if due := figures.Cut(s.edition.Quiz, s.edition.Book, rows, made, s.Now()); len(due) > 0 {
		if err := s.Store.KeepPieces(ctx, due); err != nil {
			return in, err
		}
		in.Pieces, err = s.Store.Pieces(ctx) // another instance may have been first
	}
	return in, err
}

func (s *site) showFigures(c *fiber.Ctx) error {
	if !s.signedIn(c) {
		return s.redirect(c, "/operator", "")
	}
	in, err := s.figuresFor(c)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if in.Unreadable() {
		status = http.StatusUnprocessableEntity
	}
	return s.send(c, status, false, func(p views.Page) screen { return views.NewFiguresPage(p, in) })
}

// sendFigures sends the same figures as a spreadsheet.
func (s *site) sendFigures(c *fiber.Ctx) error {
	if !s.signedIn(c) {
		return s.redirect(c, "/operator", "")
	}
	in, err := s.figuresFor(c)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="figures.csv"`)
	return c.Send(views.FiguresSheet(s.page(c), in))
}
