package data_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"gutskin/data"
	"gutskin/recommend"
)

const crowdSize = 600

// side is a changed copy of the shipped content.
func side(t *testing.T, edits ...breakage) data.Side {
	t.Helper()
	files := copied(t)
	for _, b := range edits {
		b.breaks(t, files)
	}
	return sideOf(t, files)
}

func sideOf(t *testing.T, files fstest.MapFS) data.Side {
	t.Helper()
	library, err := data.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	people, err := data.LoadPeople(files)
	if err != nil {
		t.Fatal(err)
	}
	return data.Side{Name: "a copy", Edition: library.Edition(""), People: people}
}

func rehearse(t *testing.T, before, now data.Side) *data.Rehearsal {
	t.Helper()
	crowd, err := data.LoadPopulation(data.Files, now.Edition, before.Edition)
	if err != nil {
		t.Fatal(err)
	}
	r, err := data.Rehearse(t.Context(), data.RehearseOptions{Old: before, New: now, Population: crowd, Visitors: crowdSize, Seed: 3})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func written(t *testing.T, r *data.Rehearsal, now data.Side, verbose bool) string {
	t.Helper()
	var out bytes.Buffer
	if err := data.WriteRehearsal(&out, r, now.Edition, verbose); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// Each kind of edit is told as what it is, and raises the alarm exactly when it must.
func TestRehearse(t *testing.T) {
	const quiet = "Nobody loses a safety notice, no notice gets quieter, and no id vanished."
	before := side(t)
	for name, test := range map[string]struct {
		edits   []breakage
		verdict string // the beginning of the first line
		changes []data.Difference
		says    []string
	}{
		"nothing": {
			verdict: quiet,
			says:    []string{"SAFETY NOTICES\nNo change.", "SCORES\nNo change.", "LABELS\nNo change.", "RULES\nNo change.", "TEXTS\nNo change."},
		},
		"fewer points for an answer": {
			edits:   []breakage{{file: "topics/diet.yaml", find: "id: sugar…id: few_week…points: 3", with: "points: 2"}},
			verdict: quiet,
			changes: []data.Difference{
				{About: "number", ID: "diet", To: "down"}, {About: "number", ID: "overall", To: "down"},
				{About: "band", ID: "diet", From: "well", To: "mostly"}, {About: "top", ID: "R12", To: "yes"},
			},
			says: []string{
				"Eating\n", "have a lower number, by up to ", "go from “Well in place” to “Mostly in place”",
				"R12 Try a steadier breakfast", "persona egg_allergy: ", "Sugary foods and drinks: 3 to 6 times a week",
			},
		},
		"a notice for fewer people": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S06…anaemia_fever, night_gut]", with: "anaemia_fever]"}},
			verdict: "STOP! DO NOT PUBLISH THIS YET: ",
			changes: []data.Difference{{About: "notice", ID: "S06", From: "urgent"}, {About: "held", ID: "R01", By: "S06", From: "yes", To: "shown"}, {About: "shown", ID: "R01", To: "yes"}},
			says:    []string{"lose a safety notice.", "LOSE it (urgent)", "SEE it now, as S06 no longer keeps it back"},
		},
		"a notice that speaks less loudly": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S06\n    level: urgent", with: "id: S06\n    level: clinician"}},
			verdict: "STOP! DO NOT PUBLISH THIS YET: for ",
			changes: []data.Difference{{About: "notice", ID: "S06", From: "urgent", To: "clinician"}},
			says:    []string{"a notice gets quieter.", "read it QUIETER: clinician, no longer urgent"},
		},
		"a notice that speaks louder": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S11\n    level: clinician", with: "id: S11\n    level: urgent"}},
			verdict: quiet,
			changes: []data.Difference{{About: "notice", ID: "S11", From: "clinician", To: "urgent"}},
			says:    []string{"read it louder: urgent, no longer clinician"},
		},
		"a notice for more people": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S11…in: [eyes]", with: "in: [eyes, severe]"}},
			verdict: quiet,
			changes: []data.Difference{{About: "notice", ID: "S11", To: "clinician"}},
			says:    []string{"get it (clinician)"},
		},
		"numbers that are hidden": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S26…hold: [R03, R04, R08, R21]", with: "hold: [R03, R04, R08]\n    hide: [diet]"}},
			verdict: quiet,
			changes: []data.Difference{{About: "held", ID: "R21", By: "S26", From: "yes", To: "shown"}, {About: "band", ID: "diet", From: "mostly", To: "hidden"}},
			says:    []string{"go from “Mostly in place” to no score (kept back for safety)"},
		},
		"a rule that keeps more back": {
			edits:   []breakage{{file: "safety.yaml", find: "id: S26…hold: [R03, R04, R08, R21]", with: "hold: [R03, R04, R08, R21, R01]"}},
			verdict: quiet,
			changes: []data.Difference{
				{About: "held", ID: "R01", By: "S26", From: "shown", To: "yes"}, {About: "held", ID: "R01", By: "S26", From: "held", To: "yes"},
			},
			says: []string{"saw it, and S26 keeps it back now", "have it kept back by S26 as well"},
		},
		"an advice for fewer people": {
			edits:   []breakage{{file: "advice/eating.yaml", find: "id: R01…when: {question: plants, in: [p0_9, p10_19, p20_29]}", with: "when: {question: plants, in: [p0_9]}"}},
			verdict: quiet,
			changes: []data.Difference{{About: "held", ID: "R01", By: "S06", From: "yes"}, {About: "shown", ID: "R01", From: "yes"}},
			says:    []string{"would not get it now, so S06 has nothing to keep back", "no longer see it"},
		},
		"labels": {
			edits: []breakage{
				{file: "questionnaire.yaml", find: "gut_frequent: {question: gut_feel, in: [several, daily]}", with: "gut_frequent: {question: gut_feel, in: [daily]}"},
				{file: "questionnaire.yaml", find: "in: [deep_scars, infected, severe, joints, eyes]", with: "in: [deep_scars, infected, joints, eyes]"},
			},
			verdict: quiet,
			changes: []data.Difference{{About: "gut", From: "frequent", To: "some"}, {About: "professional", From: "yes"}},
			says:    []string{"go from “Frequent gut signals” to “Some gut signals”", "Worth a professional look\n", "no longer get this label"},
		},
		"words": {
			edits: []breakage{
				{file: "advice/eating.yaml", find: "title: Add 3 new plants", with: "title: Add 3 other plants"},
				{file: "locales/en.yaml", find: "page.back: Back", with: "page.back: Go back"},
			},
			verdict: quiet,
			says:    []string{"2 texts read differently\nadvice.R01.title\n    - Add 3 new plants\n    + Add 3 other plants\nwords.page.back\n    - Back\n    + Go back\n"},
		},
		"another id for a rule": {
			edits:   []breakage{{file: "safety.yaml", find: "- id: S28", with: "- id: S90"}},
			verdict: "STOP! DO NOT PUBLISH THIS YET: ",
			changes: []data.Difference{{About: "notice", ID: "S28", From: "note"}, {About: "notice", ID: "S90", To: "note"}},
			says:    []string{"and 1 id vanished.", "VANISHED (list them under retired:, or put them back): S28\n", "New: S90\n"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			now := side(t, test.edits...)
			r := rehearse(t, before, now)
			text := written(t, r, now, true)
			first, _, _ := strings.Cut(text, "\n")
			if !strings.HasPrefix(first, test.verdict) || r.Alarm.Raised() != strings.HasPrefix(first, "STOP") {
				t.Errorf("the first line is %q", first)
			}
			for _, want := range test.says {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			if name == "nothing" && (len(r.Changes) > 0 || len(r.Texts) > 0 || len(r.Added) > 0 || len(r.Unread) > 0) {
				t.Errorf("something changed: %v", r.Changes)
			}
			for _, want := range test.changes {
				if !slices.ContainsFunc(r.Changes, func(c data.Change) bool { return c.Difference == want }) {
					t.Errorf("%+v is not among the changes:\n%s", want, text)
				}
			}
			for _, c := range r.Changes {
				verifyExample(t, before.Edition, now.Edition, c)
			}
		})
	}
}

// verifyExample asks the person of an example with both editions: the change is theirs.
func verifyExample(t *testing.T, before, now *data.Edition, c data.Change) {
	t.Helper()
	was := fact(before.Assess(c.RehearsalExample.Answers, c.RehearsalExample.Acknowledged...), c.Difference)
	is := fact(now.Assess(c.RehearsalExample.Answers, c.RehearsalExample.Acknowledged...), c.Difference)
	if c.About == "number" {
		if c.To != map[bool]string{true: "up", false: "down"}[is > was] || is == was {
			t.Errorf("%+v: %s sees %s, then %s", c.Difference, c.RehearsalExample.Who, was, is)
		}
		return
	}
	if was != c.From || is != c.To {
		t.Errorf("%+v: %s sees %q, then %q", c.Difference, c.RehearsalExample.Who, was, is)
	}
	if c.People < 1 || c.Personas > c.People || len(c.RehearsalExample.Said) < len(c.RehearsalExample.Answers) {
		t.Errorf("%+v", c)
	}
}

// fact is what a report says about the subject of a change.
func fact(r recommend.Report, d data.Difference) string {
	yes := map[bool]string{true: "yes"}
	switch d.About {
	case "notice":
		for _, n := range r.Care {
			if n.ID == d.ID {
				return string(n.Level)
			}
		}
	case "held":
		for _, h := range r.Held {
			if h.ID == d.ID {
				return map[bool]string{true: "yes", false: "held"}[slices.Contains(h.By, d.By)]
			}
		}
		return map[bool]string{true: "shown"}[slices.Contains(r.Shown(), d.ID)]
	case "number", "band":
		for _, s := range r.Scores {
			switch {
			case s.Pillar != d.ID:
			case s.Figures == nil:
				return string(s.State)
			case d.About == "band":
				return s.Band
			default:
				return string(rune(s.Value)) // in order
			}
		}
	case "top":
		return yes[slices.Contains(ids(r.Top), d.ID)]
	case "shown":
		return yes[slices.Contains(r.Shown(), d.ID)]
	case "gut":
		return r.Labels.Gut
	case "professional":
		return yes[r.Labels.SeeProfessional]
	}
	return ""
}

// The numbers are those that counting by hand gives.
func TestRehearsalCounts(t *testing.T) {
	before := side(t)
	now := side(t, breakage{file: "safety.yaml", find: "id: S06…in: [blood_stool, ", with: "in: ["})
	r := rehearse(t, before, now)
	crowd := population(t)
	people, personas, told := 0, 0, map[string]bool{}
	count := func(was, is recommend.Report) bool {
		s06 := data.Difference{About: "notice", ID: "S06"}
		return fact(was, s06) != "" && fact(is, s06) == ""
	}
	reports := map[string]recommend.Report{}
	before.People.Each(before.Edition, func(p data.Persona, was recommend.Report, _ error) { reports[p.ID] = was })
	now.People.Each(now.Edition, func(p data.Persona, is recommend.Report, _ error) {
		if count(reports[p.ID], is) {
			personas++
			told[p.ID] = true
		}
	})
	for n := range crowdSize {
		answers, _ := crowd.Person(3, n)
		if count(before.Edition.Assess(answers), now.Edition.Assess(answers)) {
			people++
		}
	}
	at := slices.IndexFunc(r.Changes, func(c data.Change) bool { return c.About == "notice" && c.ID == "S06" })
	got := r.Changes[at]
	if got.People != people+personas || got.Personas != personas || r.Alarm.Silenced != got.People || r.Alarm.Quieter != 0 {
		t.Errorf("got %d people and %d personas, %d silenced; want %d and %d", got.People, got.Personas, r.Alarm.Silenced, people+personas, personas)
	}
	if name, _ := strings.CutPrefix(got.RehearsalExample.Who, "persona "); !told[name] {
		t.Errorf("a persona comes first, not %s", got.RehearsalExample.Who)
	}
	if want := []string{"Signs to have checked: Blood in my poo"}; !slices.Equal(got.RehearsalExample.Said, want) {
		t.Errorf("the example says %q, want no more than %q", got.RehearsalExample.Said, want)
	}
}

// One worker or many, the rehearsal is the same, to the byte.
func TestRehearsalRepeats(t *testing.T) {
	before, now := side(t), side(t, breakage{file: "topics/diet.yaml", find: "id: sugar…id: few_week…points: 3", with: "points: 2"})
	var outs []string
	for _, workers := range []int{1, 4} {
		old := runtime.GOMAXPROCS(workers)
		out, err := json.Marshal(rehearse(t, before, now))
		runtime.GOMAXPROCS(old)
		if err != nil {
			t.Fatal(err)
		}
		outs = append(outs, string(out))
	}
	if outs[0] != outs[1] {
		t.Error("the same seed gives another rehearsal")
	}
}

// cut takes the lines from one that begins with from to the next empty line out.
func cut(t *testing.T, files fstest.MapFS, file, from string) {
	t.Helper()
	body := text(t, files, file)
	start, _ := span(t, body, from)
	length := strings.Index(body[start:], "\n\n")
	files[file] = &fstest.MapFile{Data: []byte(body[:start] + body[start+length:])}
}

func TestRetiredAndVanished(t *testing.T) {
	before := side(t)
	files := copied(t)
	cut(t, files, "topics/hydration.yaml", "      - id: cant_tell")
	now := sideOf(t, files)
	r := rehearse(t, before, now)
	if want := []string{"thirst_signs.cant_tell"}; !slices.Equal(r.Alarm.Vanished, want) || len(r.Retired) > 0 {
		t.Errorf("vanished %v, retired %v", r.Alarm.Vanished, r.Retired)
	}
	at := slices.IndexFunc(r.Unread, func(u data.Unread) bool { return u.In == "new" && u.ID == "thirst_signs.cant_tell" })
	if at < 0 || r.Unread[at].People < crowdSize/40 || len(r.Unread) != 1 {
		t.Errorf("answers that the new edition does not know: got %v", r.Unread)
	}

	breakage{file: "questionnaire.yaml", find: "\nbands:", with: "\nretired: [thirst_signs.cant_tell]\n\nbands:"}.breaks(t, files)
	retired := sideOf(t, files)
	r = rehearse(t, before, retired)
	if want := []string{"thirst_signs.cant_tell"}; !slices.Equal(r.Retired, want) || r.Alarm.Raised() {
		t.Errorf("vanished %v, retired %v", r.Alarm.Vanished, r.Retired)
	}
	if text := written(t, r, retired, false); !strings.Contains(text, "Retired: thirst_signs.cant_tell\n") {
		t.Errorf("it does not say what is retired:\n%s", text)
	}
	if _, err := data.LoadPopulation(data.Files, retired.Edition); err != nil {
		t.Errorf("a retired answer in the population: %v", err)
	}
	if r = rehearse(t, retired, now); !slices.Equal(r.Alarm.Vanished, []string{"thirst_signs.cant_tell"}) {
		t.Errorf("a mark that is taken out again: vanished %v", r.Alarm.Vanished)
	}
	if r = rehearse(t, retired, retired); r.Alarm.Raised() || len(r.Retired) > 0 {
		t.Errorf("nothing changed, but vanished %v, retired %v", r.Alarm.Vanished, r.Retired)
	}
}

// A whole question takes its options with it, and a new one is met by a crowd that does
// not know it.
func TestQuestionsComeAndGo(t *testing.T) {
	before := sideOf(t, tiny(t))
	files := tiny(t)
	from := strings.Index(text(t, files, "topics/day.yaml"), "  - id: skin\n")
	body := text(t, files, "topics/day.yaml")
	files["topics/day.yaml"] = &fstest.MapFile{Data: []byte(body[:from] + strings.Replace(body[from:], "id: skin", "id: face", 1))}
	for name, was := range map[string]string{
		"questionnaire.yaml": "question: skin", "safety.yaml": "said: skin",
	} {
		files[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(text(t, files, name), was, strings.Replace(was, "skin", "face", 1)))}
	}
	for _, retired := range []string{"", "\nretired: [skin]\n"} {
		files["questionnaire.yaml"].Data = append(files["questionnaire.yaml"].Data, retired...)
		now := sideOf(t, files)
		crowd, err := data.LoadPopulation(fstest.MapFS{}, now.Edition, before.Edition)
		if err != nil {
			t.Fatal(err)
		}
		r, err := data.Rehearse(t.Context(), data.RehearseOptions{Old: before, New: now, Population: crowd, Visitors: 500, Seed: 1})
		if err != nil {
			t.Fatal(err)
		}
		want := []string{"skin"}
		if retired != "" {
			want = []string{}
		}
		if !slices.Equal(r.Alarm.Vanished, want) || !slices.Equal(r.Added, []string{"face", "face.acne", "face.lines", "face.none"}) {
			t.Errorf("vanished %v, added %v", r.Alarm.Vanished, r.Added)
		}
		slices.SortFunc(r.Unread, func(a, b data.Unread) int { return cmp.Compare(a.In, b.In) })
		if len(r.Unread) != 2 || r.Unread[0].ID != "skin" || r.Unread[1].ID != "face" {
			t.Errorf("unread: %v", r.Unread)
		}
		if len(r.Notes) != 4 {
			t.Errorf("notes: %v", r.Notes)
		}
	}
}

// An id that is retired cannot be in use.
func TestRetiredIsRefused(t *testing.T) {
	for _, b := range []breakage{
		{file: "questionnaire.yaml", find: "\nbands:", with: "\nretired: [gone, ‸sugar]\nbands:", want: "sugar"},
		{file: "questionnaire.yaml", find: "\nbands:", with: "\nretired: [gone.few, sugar.gone, ‸sugar.few_week]\nbands:", want: "sugar.few_week"},
		{file: "safety.yaml", find: "\nrules:", with: "\nretired: [S99, ‸S06]\nrules:", want: "S06"},
		{file: "advice/eating.yaml", find: "advice:", with: "retired: [R99, ‸R01]\nadvice:", want: "R01"},
	} {
		files := copied(t)
		at := b.breaks(t, files)
		_, err := data.Load(files)
		want := at + `"` + b.want + `" is retired and still in use, take it out of its file or give it a new id`
		if err == nil || err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestRehearsalStops(t *testing.T) {
	before := side(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, err := data.Rehearse(ctx, data.RehearseOptions{Old: before, New: before, Population: population(t), Visitors: 1 << 30, Seed: 1})
	if err == nil {
		t.Error("got no error")
	}
}
