package store

import (
	"bytes"
	"compress/flate"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// A thief has a copy of everything that the database wrote, down to pages that are free
// again, and as much time as it takes to look.

// theft takes a copy of an engine's database while it is in use.
var theft = map[string]func(testing.TB, *fixture) []byte{
	"postgres": stealRows,
	"sqlite": func(t testing.TB, f *fixture) []byte {
		var all []byte
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			part, err := os.ReadFile(strings.TrimPrefix(f.options.URL, "sqlite:") + suffix)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			all = append(all, part...)
		}
		return all
	},
}

// needles are texts that must not be found, in every writing that a database, a dump of
// one or a careless program could have used.
type needles struct {
	texts map[string]string // a writing to what it stands for
	first map[[needleHead]byte][]string
	begin [1 << 24]bool // by their first 3 bytes: hardly any place of a haystack looks like one
}

func threeBytes(s string) int { return int(s[0])<<16 | int(s[1])<<8 | int(s[2]) }

const needleHead = 6 // bytes; shorter texts would be found by chance

func (n *needles) add(text string) {
	if n.texts == nil {
		n.texts, n.first = map[string]string{}, map[[needleHead]byte][]string{}
	}
	for _, w := range writings(text) {
		if _, known := n.texts[w]; known || len(w) < needleHead {
			continue
		}
		n.texts[w] = text
		n.begin[threeBytes(w)] = true
		head := [needleHead]byte([]byte(w[:needleHead]))
		n.first[head] = append(n.first[head], w)
	}
}

// in finds the texts that stand in some bytes.
func (n *needles) in(haystack []byte) (found []string) {
	for i := 0; i+needleHead <= len(haystack); i++ {
		if !n.begin[int(haystack[i])<<16|int(haystack[i+1])<<8|int(haystack[i+2])] {
			continue
		}
		for _, w := range n.first[[needleHead]byte(haystack[i:i+needleHead])] {
			if bytes.HasPrefix(haystack[i:], []byte(w)) && !slices.Contains(found, n.texts[w]) {
				found = append(found, n.texts[w])
			}
		}
	}
	return found
}

// writings are raw, hex, base32, base64 in each of its three positions, and UTF-16.
func writings(text string) []string {
	b := []byte(text)
	all := []string{text, strings.ToUpper(text), strings.ToLower(text), hex.EncodeToString(b), strings.ToUpper(hex.EncodeToString(b)), base32.StdEncoding.EncodeToString(b)}
	for shift := range 3 {
		coded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), b...))
		// The letters that also hold bits of what stands before and after are cut off.
		from, to := (shift*8+5)/6, (shift+len(b))*8/6
		if from < to {
			part := coded[from:to]
			all = append(all, part, strings.NewReplacer("+", "-", "/", "_").Replace(part))
		}
	}
	little, big := []byte{}, []byte{}
	for _, unit := range utf16.Encode([]rune(text)) {
		little, big = binary.LittleEndian.AppendUint16(little, unit), binary.BigEndian.AppendUint16(big, unit)
	}
	return append(all, string(little), string(big))
}

// unpacked is what can be inflated from any place of a haystack: deflate is also inside
// gzip and zlib.
func unpacked(haystack []byte) (texts [][]byte) {
	source := bytes.NewReader(nil)
	r := flate.NewReader(source)
	out := make([]byte, 64<<10)
	for i := range haystack {
		source.Reset(haystack[i:min(len(haystack), i+8<<10)])
		if err := r.(flate.Resetter).Reset(source, nil); err != nil {
			continue
		}
		// Random bytes seldom inflate to more than a few; a report is hundreds.
		if n, _ := io.ReadFull(r, out[:256]); n == 256 {
			more, _ := io.ReadFull(r, out[256:])
			texts = append(texts, slices.Clone(out[:256+more]))
		}
	}
	return texts
}

// TestNothingHidesFromTheSearch puts a secret into other bytes in every writing, packed
// and unpacked.
func TestNothingHidesFromTheSearch(t *testing.T) {
	const secret = "blood_stool"
	var n needles
	n.add(secret)
	hidden := map[string][]byte{}
	for i, w := range writings(secret) {
		hidden[fmt.Sprint("writing ", i)] = []byte("\x00\xff" + w + "\x07")
	}
	for shift := range 3 {
		hidden[fmt.Sprint("base64, shifted by ", shift)] = []byte(base64.StdEncoding.EncodeToString([]byte("abc"[:shift] + secret + " and more")))
	}
	for name, haystack := range hidden {
		if len(n.in(haystack)) != 1 {
			t.Errorf("%s: not found in %q", name, haystack)
		}
	}
	p := newPacker()
	packed, err := p.pack(Saved{Attempt: "x", Payload: []byte(strings.Repeat(secret+" 0123456789abcdef ", 40))})
	if err != nil {
		t.Fatal(err)
	}
	texts := unpacked(append([]byte("some bytes before"), packed...))
	if !slices.ContainsFunc(texts, func(text []byte) bool { return len(n.in(text)) == 1 }) {
		t.Error("packed: not found")
	}
}

// stealRows copies what a thief with the password of a server can read. What stands in the
// files of the server itself is in stealFiles.
func stealRows(t testing.TB, f *fixture) []byte {
	t.Helper()
	var all []byte
	for _, table := range tables() {
		rows, err := read(f.read, len(table.columns), "SELECT "+strings.Join(table.columns, ", ")+" FROM "+table.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, value := range row {
				switch v := value.(type) {
				case []byte:
					all = append(all, v...)
				case string:
					all = append(all, v...)
				case int64:
					all = strconv.AppendInt(all, v, 10)
				}
			}
		}
	}
	return all
}

// walPlace is how far the log of a server has come; "" without a server.
func walPlace(t testing.TB, f *fixture) (place string) {
	t.Helper()
	if OnServer(f.options.URL) {
		wantErr(t, "place in the log", f.read.Raw("SELECT pg_walfile_name(pg_current_wal_insert_lsn())").Find(&place).Error, nil)
	}
	return place
}

// stealFiles copies the files in which a server keeps the database, and what it has
// written ahead since it was at a place. What they still hold of deleted rows is in D16.
func stealFiles(t testing.TB, f *fixture, since string) (all []byte) {
	t.Helper()
	if since == "" {
		return nil
	}
	var folder, table string
	f.exec("CHECKPOINT")
	wantErr(t, "folder", f.read.Raw("SELECT setting FROM pg_settings WHERE name = 'data_directory'").Find(&folder).Error, nil)
	wantErr(t, "file", f.read.Raw("SELECT pg_relation_filepath('reports')").Find(&table).Error, nil)
	files, err := filepath.Glob(filepath.Join(folder, filepath.Dir(table), "*"))
	wantErr(t, "files", err, nil)
	logs, err := filepath.Glob(filepath.Join(folder, "pg_wal", "????????????????????????"))
	wantErr(t, "logs", err, nil)
	until := walPlace(t, f)
	for _, file := range logs {
		if name := filepath.Base(file); name >= since && name <= until {
			files = append(files, file)
		}
	}
	for _, file := range files {
		part, err := os.ReadFile(file)
		wantErr(t, "stealing "+file, err, nil)
		all = append(all, part...)
	}
	return all
}

// person is one visitor of the theft test, and what of theirs must not be found.
type person struct {
	key   string
	saved Saved
}

// options and sayings stand for what reports hold: ids, words and numbers.
var (
	optionIDs = []string{"blood_stool", "self_harm", "swelling_breath", "warfarin_daily", "pregnant_now", "eating_disorder", "a18_34_years", "liver_disease"}
	sayings   = []string{"If I wake in pain then I walk", "for my dietitian in Leeds", "tummy pain every week", "my skin is sore"}
)

func (f *fixture) people(n int) (all []person) {
	f.t.Helper()
	for i := range n {
		s := f.report(fmt.Sprintf("ATTEMPT-%06d", i))
		body, err := json.Marshal(map[string]any{
			"answers": map[string]any{"gut_flags": []string{optionIDs[i%len(optionIDs)], optionIDs[(i/3)%len(optionIDs)]}, "sleep_hours": float64(i%30) / 2},
			"scores":  []string{fmt.Sprintf("overall score %d out of 100", i%101)}, "edition": s.Edition, "number": fmt.Sprintf("NUMBER-%06d", i),
		})
		if err != nil {
			f.t.Fatal(err)
		}
		s.Payload = body
		p := person{f.newKey(), s}
		f.save(p.key, s)
		all = append(all, p)
	}
	return all
}

func stolenCopyTellsNothing(t *testing.T, f *fixture) {
	steal := theft[strings.SplitN(f.options.URL, ":", 2)[0]]
	if steal == nil {
		t.Fatal("nobody has said how this engine is stolen: add it to theft")
	}
	n := 1000
	if testing.Short() {
		n = 100
	}
	before := walPlace(t, f)
	all := f.people(n)
	var secrets needles
	for _, text := range slices.Concat(optionIDs, sayings, []string{"overall score", "out of 100", "NUMBER-00", "gut_flags", "sleep_hours", "ATTEMPTATTEMPT-"}) {
		secrets.add(text)
	}
	// What somebody types stands in the database sealed, under two keys.
	for i, p := range all[:40] {
		wantErr(t, "Put", f.Put(f.ctx, p.key, NotePlan, []byte(`{"if_then":"`+sayings[i%len(sayings)]+`"}`)), nil)
		view, err := f.Share(f.ctx, p.key, Share{Label: sayings[(i+1)%len(sayings)]})
		wantErr(t, "Share", err, nil)
		secrets.add(view)
	}
	for _, p := range all {
		secrets.add(p.key)
		secrets.add(p.saved.Attempt)
		k, err := keysOf(p.key)
		if err != nil {
			t.Fatal(err)
		}
		secrets.add(string(k.wrapping))
	}
	for _, p := range all[:20] {
		data, err := f.dataKeyOf(p.key)
		wantErr(t, "data key", err, nil)
		secrets.add(string(data))
	}
	control := needles{}
	control.add("sha256:0e5751c0") // an edition is no secret: it must be found, or nothing was looked at

	copied := steal(t, f)
	if len(control.in(copied)) == 0 {
		t.Fatalf("%d bytes were stolen, and not even the edition is in them", len(copied))
	}
	if found := secrets.in(copied); len(found) > 0 {
		t.Errorf("a stolen copy of %d bytes tells %q", len(copied), found)
	}
	files := stealFiles(t, f, before)
	if before != "" && len(control.in(files)) == 0 {
		t.Fatalf("%d bytes of files were stolen, and not even the edition is in them", len(files))
	}
	if found := secrets.in(files); len(found) > 0 {
		t.Errorf("%d bytes of the server's files tell %q", len(files), found)
	}
	if n > 100 {
		copied = sample(copied, 1<<20) // inflating at every place of all of it takes minutes
	}
	for _, text := range unpacked(copied) {
		if found := secrets.in(text); len(found) > 0 {
			t.Errorf("a stolen copy tells, unpacked, %q", found)
		}
	}
}

// sample is the beginning, the middle and the end of a copy.
func sample(b []byte, most int) []byte {
	if len(b) <= most {
		return b
	}
	part, middle := most/3, len(b)/2
	return slices.Concat(b[:part], b[middle:middle+part], b[len(b)-part:])
}

func (f *fixture) dataKeyOf(key string) (dataKey, error) {
	k, err := keysOf(key)
	if err != nil {
		return nil, err
	}
	link := f.link(key)
	return k.unwrap(link.Wrapped, link.Role, link.Until)
}

// goneIsGone is about a thief who also has an old link: what was deleted or renewed must
// not open with it, whatever the disk still holds.
func goneIsGone(t *testing.T, f *fixture) {
	steal := theft[strings.SplitN(f.options.URL, ":", 2)[0]]
	deleted, s := f.saved("deleted")
	for i := range 5 {
		more := s
		more.Attempt += fmt.Sprint(i)
		f.save(deleted, more)
	}
	wantErr(t, "Put", f.Put(f.ctx, deleted, NotePlan, []byte("a plan")), nil)
	view, err := f.Share(f.ctx, deleted, Share{Label: "x"})
	wantErr(t, "Share", err, nil)
	renewed, _ := f.saved("renewed")
	next := f.newKey()

	var gone needles
	for _, key := range []string{deleted, view, renewed} {
		gone.add(string(f.link(key).Wrapped))
	}
	var reports []reportRow
	f.writer.db.Where("journal_id = ?", *f.link(deleted).JournalID).Find(&reports)
	var notes []noteRow
	f.writer.db.Where("journal_id = ?", *f.link(deleted).JournalID).Find(&notes)
	if len(reports) != 6 || len(notes) != 2 {
		t.Fatalf("%d reports and %d notes are there to be deleted", len(reports), len(notes))
	}
	for _, r := range reports {
		for at := 0; at+32 <= len(r.Sealed); at += 32 {
			gone.add(string(r.Sealed[at : at+32]))
		}
	}
	for _, n := range notes {
		gone.add(string(n.Sealed[:32]))
	}
	if n := len(gone.in(steal(t, f))); n < 9 {
		t.Fatalf("before, only %d of the blobs are found", n)
	}
	wantErr(t, "Delete", f.Delete(f.ctx, deleted), nil)
	wantErr(t, "Renew", f.Renew(f.ctx, renewed, next), nil)
	if found := gone.in(steal(t, f)); len(found) > 0 {
		t.Errorf("after deleting and renewing, %d sealed pieces are still on the disk", len(found))
	}
	f.wantRead(deleted, ErrGone)
	f.wantRead(view, ErrGone)
	f.wantRead(renewed, ErrGone)
	if _, err := f.Read(f.ctx, next); err != nil {
		t.Errorf("the new link: %v", err)
	}
}
