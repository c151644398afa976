package recommend

import (
	"encoding/json"
	"testing"
)

func TestSheet(t *testing.T) {
	for _, c := range []struct{ about, body, answers, acknowledged, err string }{
		{"each kind of answer", `{"a":"x","b":["x","y"],"c":7.5,"d":null,"e":[]}`,
			`{"a":"x","b":["x","y"],"c":7.5,"d":[],"e":[]}`, `null`, ""},
		{"what was acknowledged is no answer", `{"a":"x","acknowledged":["S05"]}`, `{"a":"x"}`, `["S05"]`, ""},
		{"a report", `{"edition":"sha256:0","answers":{"a":"x"},"acknowledged":["S01"],"top":[]}`, `{"a":"x"}`, `["S01"]`, ""},
		{"nothing", `{}`, `{}`, `null`, ""},
		{"every fault", `{"b":{"x":1},"a":true}`, "", "",
			"a: an answer is an option id, a list of option ids, a number or null\n" +
				"b: an answer is an option id, a list of option ids, a number or null"},
		{"a list", `["x"]`, "", "", "the answers are not a JSON object: json: cannot unmarshal array into Go value of type map[string]json.RawMessage"},
		{"acknowledged is no list", `{"acknowledged":"S05"}`, "", "", "acknowledged: give a list of safety rules"},
	} {
		var s Sheet
		err := json.Unmarshal([]byte(c.body), &s)
		if c.err != "" {
			if err == nil || err.Error() != c.err {
				t.Errorf("%s: got error %v, want %s", c.about, err, c.err)
			}
			continue
		}
		answers, _ := json.Marshal(s.Answers)
		acknowledged, _ := json.Marshal(s.Acknowledged)
		if err != nil || string(answers) != c.answers || string(acknowledged) != c.acknowledged {
			t.Errorf("%s: got %s, %s, %v", c.about, answers, acknowledged, err)
		}
	}
}
