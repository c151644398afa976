package web

import (
	"encoding/json"
	"net/http"
	"time"

	"github.com/gofiber/fiber/v2"

	"gutskin/views"
)

// download is everything that is held under a link. gutskin score reads it back.
type download struct {
	Reports   []json.RawMessage `json:"reports"` // each a recommend.Report as it was saved, oldest first
	Plan      json.RawMessage   `json:"plan"`    // a recommend.Plan, or null
	Links     []downloadedLink  `json:"view_only_links"`
	KeptUntil string            `json:"kept_until"` // a date
}

// downloadedLink is a view-only link without its key, which opens it.
type downloadedLink struct {
	Label string `json:"label"`
	Made  string `json:"made"`
	Until string `json:"until,omitempty"`
}

// showData says in words what is held.
func (s *site) showData(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	whole, err := everything(r.journal)
	if err != nil {
		return err
	}
	table, err := s.table(c, r)
	if err != nil {
		return err
	}
	in := views.DataInput{
		Key: r.input.Key, At: r.input.Visits.At, Plan: len(r.journal.Notes[NotePlan]) > 0, Links: len(r.journal.Shares),
		KeptUntil: r.journal.KeptUntil, JSON: len(whole), CSV: len(table),
	}
	return s.send(c, http.StatusOK, r.crisis, func(page views.Page) screen { return views.NewDataPage(page, in) })
}

func (s *site) sendJSON(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	whole, err := everything(r.journal)
	if err != nil {
		return err
	}
	return sendFile(c, "my-data.json", fiber.MIMEApplicationJSONCharsetUTF8, whole)
}

func (s *site) sendCSV(c *fiber.Ctx) error {
	r, err := s.own(c)
	if err != nil {
		return err
	}
	table, err := s.table(c, r)
	if err != nil {
		return err
	}
	return sendFile(c, "my-data.csv", "text/csv; charset=utf-8", table)
}

// sendFile sends a file to keep. Its name tells nothing to whoever shares the device.
func sendFile(c *fiber.Ctx, name, kind string, body []byte) error {
	c.Set(fiber.HeaderContentType, kind)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	return c.Send(body)
}

func everything(j Journal) ([]byte, error) {
	d := download{Plan: json.RawMessage("null"), Links: []downloadedLink{}, KeptUntil: j.KeptUntil.Format(time.DateOnly)}
	for _, entry := range j.Entries {
		d.Reports = append(d.Reports, entry.Payload)
	}
	if plan := j.Notes[NotePlan]; len(plan) > 0 {
		d.Plan = plan
	}
	for _, share := range j.Shares {
		link := downloadedLink{Label: share.Label, Made: share.Made.Format(time.DateOnly)}
		if !share.Until.IsZero() {
			link.Until = share.Until.Format(time.DateOnly)
		}
		d.Links = append(d.Links, link)
	}
	return json.MarshalIndent(d, "", "  ")
}

// table has one line for each answer and each score, in the words of its day.
func (s *site) table(c *fiber.Ctx, r result) ([]byte, error) {
	var sheets []views.Sheet
	for _, entry := range r.journal.Entries {
		report, err := readReport(entry)
		if err != nil {
			return nil, err
		}
		e, err := s.editionOf(c.UserContext(), report.Edition, r.edition.Lang)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, views.Sheet{Edition: e, Report: report})
	}
	return views.Spreadsheet(views.Page{Edition: r.input.TodayEdition}, sheets), nil
}
