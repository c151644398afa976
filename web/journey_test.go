package web

import (
	"slices"
	"strings"
	"testing"
)

// Three people and what they say.
const (
	healthy = "age=a35_64 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=none food_feelings=fine " +
		"plants=p30 fruitveg=fv5 wholegrain=twice_daily fermented=daily prebiotic=d5_7 upf=rarely sugar=rarely " +
		"stress_freq=little stress_cope=well unwind=d5_7 sleep_hours=n:7,5 sleep_trouble=n0 rested=often evening=none " +
		"drinks=n:7 thirst_signs=rarely alcohol=none gut_feel=never stool=ok skin=none extras=active"
	worried = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=vegan food_feelings=ed"
	tired   = "stress_freq=most stress_cope=just unwind=d1_2 sleep_hours=n:5 sleep_trouble=n3_4 rested=rarely evening=irregular,screens_bed " +
		"drinks=n:4 thirst_signs=sometimes alcohol=low gut_feel=weekly stool=ok skin=acne skin_detail=moderate extras=none"
	unsafe = "age=a18_34 urgent=none gut_flags=none conditions=none medicines=none pregnancy=no eating_pattern=none food_feelings=fine " +
		"plants=p10_19 fruitveg=fv2 wholegrain=daily fermented=never prebiotic=d0 upf=daily sugar=daily stress_freq=all stress_cope=unsafe"
)

// dashed turns question ids into those of addresses.
func dashed(said string) string {
	parts := strings.Fields(said)
	for i, p := range parts {
		id, rest, _ := strings.Cut(p, "=")
		parts[i] = slug(id) + "=" + strings.ReplaceAll(rest, "n:7,5", "n:7.5")
	}
	return strings.Join(parts, " ")
}

func TestJourneys(t *testing.T) {
	begin := slices.Clip([]step{
		{"GET /", "200 no form /quiz/consent"},
		{"GET /quiz", "303 /quiz/consent"},
		{"follow", "200 form /quiz/consent"},
		{"POST /quiz/consent agree=1", "303 /quiz?started=1"},
		{"follow", "303 /quiz/age"},
		{"follow", "200 form /quiz/age"},
	})
	urgent := slices.Clip(append(begin,
		step{"POST /quiz/age a=a18_34", "303 /quiz/urgent"},
		step{"follow", "200 form /quiz/urgent"},
	))
	cases := map[string][]step{
		"healthy": append(begin,
			step{"fill " + dashed(healthy), "200 form /quiz/finish"},
			step{"POST /quiz/finish", "303 /r/{key}"},
			step{"follow", "200 /r/{key}/delete & word notice.saved"},
			step{"GET /r/{key}", "200 /r/{key}/delete & no word notice.saved"},
			step{"GET /quiz", "303 /quiz/consent"},
			step{"GET /mine", "200 /r/{key} & form /mine/forget"},
		),
		"food is a sore spot": append(begin,
			step{"POST /quiz/age skip=section", "422 form /quiz/age"},
			step{"fill " + dashed(worried) + " plants=p0_9", "200 form /quiz/finish"},
			step{"GET /quiz/plants?return=1", "200 form /quiz/plants & name=\"skip\""},
			step{"POST /quiz/restart", "303 /quiz/consent"},
		),
		"an emergency that was a slip": append(urgent,
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help & href=\"/quiz/urgent\""},
			step{"GET /quiz", "303 /quiz/get-help"},
			step{"GET /quiz/age", "303 /quiz/get-help"},
			step{"GET /quiz/gut-flags", "303 /quiz/get-help"},
			step{"GET /quiz/answers", "303 /quiz/get-help"},
			step{"GET /help", "200 "},
			step{"GET /quiz/urgent", "200 form /quiz/urgent & checked"},
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/get-help", "303 /quiz/gut-flags"},
		),
		"an emergency that comes back": append(urgent,
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help"},
			step{"POST /quiz/get-help", "303 /quiz/get-help"},
			step{"follow", "200 form /quiz/get-help"},
			step{"POST /quiz/get-help ok=1", "303 /quiz/gut-flags"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=swelling_breath", "303 /quiz/get-help"},
		),
		"under 18": append(begin,
			step{"POST /quiz/age a=u18", "303 /quiz/urgent"},
			step{"follow", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none", "303 /quiz/under-18"},
			step{"follow", "200 no form /quiz/finish"},
			step{"GET /quiz/gut-flags", "303 /quiz/under-18"},
			step{"GET /quiz/answers", "303 /quiz/under-18"},
			step{"POST /quiz/finish", "303 /quiz"},
			step{"GET /quiz/age", "200 form /quiz/age"},
			step{"POST /quiz/age a=a65", "303 /quiz/gut-flags"},
			step{"GET /quiz/under-18", "303 /quiz/gut-flags"},
		),
		"no way round consent": {
			{"GET /quiz/age", "303 /quiz/consent"},
			{"POST /quiz/age a=a65", "409 word error.lost_draft.title"},
			{"POST /quiz/finish", "409 word error.lost_draft.title"},
			{"POST /quiz/get-help ok=1", "409 word error.lost_draft.title"},
			{"GET /quiz/answers", "303 /quiz/consent"},
			{"GET /quiz/get-help", "303 /quiz/consent"},
			{"GET /quiz/consent", "200 form /quiz/consent & no checked"},
			{"POST /quiz/consent count=1", "422 form /quiz/consent & word consent.error"},
			{"GET /quiz", "303 /quiz/consent"},
			{"GET /quiz?started=1", "400 word error.cookies.title"},
		},
		"jumping ahead": append(urgent,
			step{"GET /quiz/stool", "303 /quiz/urgent"},
			step{"GET /quiz/skin-detail", "303 /quiz/urgent"},
			step{"GET /quiz/answers", "200 href=\"/quiz/gut-flags"},
			step{"GET /quiz/nothing", "404 word error.not_found.title"},
			step{"POST /quiz/nothing a=b", "404 word error.not_found.title"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/skin-detail a=severe", "303 /quiz"},
		),
		"back and edit": append(urgent,
			step{"POST /quiz/urgent a=none", "303 /quiz/gut-flags"},
			step{"GET /quiz/age", "200 form /quiz/age & value=\"a18_34\" checked"},
			step{"GET /quiz/age", "200 value=\"a18_34\" checked"},
			step{"POST /quiz/age a=a65", "303 /quiz/gut-flags"},
			step{"GET /quiz/age", "200 value=\"a65\" checked"},
		),
		"resuming and starting again": append(urgent,
			step{"GET /quiz", "200 form /quiz/restart"},
			step{"POST /quiz/restart", "303 /quiz/consent"},
			step{"follow", "200 form /quiz/consent & no checked"},
			step{"GET /quiz/urgent", "303 /quiz/consent"},
		),
		"agreeing again keeps the answers": append(urgent,
			step{"GET /quiz/consent", "200 form /quiz/consent & checked"},
			step{"POST /quiz/consent agree=1&count=1", "303 /quiz?started=1"},
			step{"follow", "200 form /quiz/restart"},
		),
		"answers that cannot be read": append(begin,
			step{"POST /quiz/age", "422 word error.prefix & Select which age group you are in"},
			step{"GET /quiz/age", "200 no word error.prefix"},
			step{"POST /quiz/age", "422 Select the group your age falls in"},
			step{"POST /quiz/age a=a999", "422 form /quiz/age"},
			step{"POST /quiz/age a=a65&a=a18_34", "422 form /quiz/age"},
			step{"POST /quiz/age n=7", "422 form /quiz/age"},
			step{"POST /quiz/age a=pns", "303 /quiz/urgent"},
			step{"GET /quiz/urgent", "200 form /quiz/urgent"},
			step{"POST /quiz/urgent a=none&a=skip", "422 form /quiz/urgent"},
			step{"POST /quiz/urgent a=skip", "303 /quiz/gut-flags"},
			step{"GET /quiz/gut-flags", "200 form /quiz/gut-flags"},
			step{"POST /quiz/gut-flags a=none&a=vomiting", "422 value=\"vomiting\" checked"},
			step{"GET /quiz/age", "200 value=\"pns\" checked"},
		),
		"links that open nothing": {
			{"GET /r/" + strings.Repeat("A", 26), "404 word error.not_found.title"},
			{"GET /r/short", "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("a", 26), "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("A", 27) + "/delete", "404 word error.not_found.title"},
			{"POST /r/" + strings.Repeat("A", 26) + "/delete", "404 word error.not_found.title"},
			{"GET /r/%00%2e%2e%2f", "404 word error.not_found.title"},
			{"GET /r/" + strings.Repeat("A", 2000), "404 word error.not_found.title"},
		},
		"a pasted link": {
			{"GET /mine", "200 form /mine & no form /mine/forget"},
			{"POST /mine link=hello", "422 form /mine & value=\"hello\" & word mine.error"},
			{"POST /mine", "422 form /mine"},
			{"POST /mine link=+https%3A%2F%2Fcheck.example%2Fr%2FABCDEFGHIJKLMNOPQRSTUVWX23%3Fa%3Db+", "303 /r/ABCDEFGHIJKLMNOPQRSTUVWX23"},
			{"POST /mine link=abcdefghijklmnopqrstuvwx23", "303 /r/ABCDEFGHIJKLMNOPQRSTUVWX23"},
		},
		"other methods": {
			{"DELETE /quiz/age", "405 "},
			{"POST /", "405 "},
			{"GET /quiz/finish", "404 "},
			{"GET /mine/forget", "405 "},
			{"BREW /", "405 "},
			{"GET /nowhere", "404 word error.not_found.title"},
			{"HEAD /quiz", "303 /quiz/consent"},
		},
	}
	for name, steps := range cases {
		t.Run(name, func(t *testing.T) { newServer(t).browser().journey(steps) })
	}
}
