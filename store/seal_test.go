package store

import (
	"bytes"
	"encoding/hex"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestNewKeyIsWellFormedAndNew(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		key := NewKey()
		if !wellFormed(key) || seen[key] {
			t.Fatalf("NewKey gave %q", key)
		}
		seen[key] = true
	}
}

// The derivation is a promise: changing it would lock every reader out.
func TestKeysStayTheSame(t *testing.T) {
	k, err := keysOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if err != nil {
		t.Fatal(err)
	}
	tag, err := dataKey(k.wrapping).tag("attempt")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		got  []byte
		want string
	}{
		{"lookup id", k.lookup, "1de744fb175e5811eded020f13719dabbc66a44233f3966f5b3c63fa9cfa2034"},
		{"wrapping key", k.wrapping, "0b11d15810fe6944a8a516ab5d04f4cba5a3484e5c5504c0c10553274e9ded54"},
		{"attempt tag", tag, "481212b10f6ed07f9fbcdc795d37b042"},
	} {
		if got := hex.EncodeToString(c.got); got != c.want {
			t.Errorf("%s is %s, want %s", c.name, got, c.want)
		}
	}
}

func TestWrappedKeyIsBoundToItsLink(t *testing.T) {
	k, err := keysOf(NewKey())
	if err != nil {
		t.Fatal(err)
	}
	want := newDataKey()
	wrapped, err := k.wrap(want, owner, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.unwrap(wrapped, owner, nil); err != nil || !bytes.Equal(got, want) {
		t.Errorf("unwrap: %v", err)
	}
	moved := linkKeys{lookup: bytes.Repeat([]byte{1}, secretLength), wrapping: k.wrapping}
	_, err = moved.unwrap(wrapped, owner, nil)
	wantErr(t, "unwrap in another row", err, ErrDamaged)
	_, err = dataKey(k.wrapping).unseal(wrapped, nil, "")
	wantErr(t, "unwrap as a report", err, ErrDamaged)
}

func TestPackedLengthTellsLittle(t *testing.T) {
	p := newPacker()
	rapid.Check(t, func(t *rapid.T) {
		s := Saved{
			Attempt: rapid.StringN(1, 60, maxName).Draw(t, "attempt"),
			TakenAt: time.UnixMicro(rapid.Int64().Draw(t, "taken at")).UTC(),
			Payload: rapid.SliceOfN(rapid.Byte(), 0, 3000).Draw(t, "payload"),
		}
		packed, err := p.pack(s)
		if err != nil {
			t.Fatal(err)
		}
		if len(packed) == 0 || len(packed)%packBlock != 0 {
			t.Fatalf("packed to %d bytes, want a multiple of %d", len(packed), packBlock)
		}
		got, err := p.unpack(packed)
		if diff := cmp.Diff(s, got); diff != "" || err != nil {
			t.Fatalf("unpack: %v (-want +got):\n%s", err, diff)
		}
	})
}

func FuzzWellFormed(f *testing.F) {
	form := regexp.MustCompile(`\A[A-Z2-7]{26}\z`)
	for _, seed := range []string{"", NewKey(), strings.ToLower(NewKey()), NewKey() + "\n", strings.Repeat("é", 13), strings.Repeat("0", 26)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := wellFormed(s), form.MatchString(s); got != want {
			t.Errorf("wellFormed(%q) is %v, want %v", s, got, want)
		}
		if _, err := keysOf(s); (err == nil) != wellFormed(s) || err != nil && !errors.Is(err, ErrNotFound) {
			t.Errorf("keysOf(%q): %v", s, err)
		}
	})
}

// FuzzUnseal tries blobs and bindings that the key did not make.
func FuzzUnseal(f *testing.F) {
	key := dataKey(bytes.Repeat([]byte{7}, secretLength))
	plain, tag, edition := []byte("the report"), []byte("0123456789abcdef"), "sha256:0e5751c0"
	sealed, err := key.seal(plain, tag, edition)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sealed, tag, edition)
	f.Add(sealed, tag, "sha256:other")
	f.Add(sealed[:20], tag, edition)
	f.Add([]byte{}, []byte{}, "")
	// Each fuzzing process seals anew, so a blob is known by what it opens to.
	f.Fuzz(func(t *testing.T, blob, boundTag []byte, boundEdition string) {
		got, err := key.unseal(blob, boundTag, boundEdition)
		if err != nil {
			if !errors.Is(err, ErrDamaged) || got != nil {
				t.Errorf("got %q, %v, want ErrDamaged", got, err)
			}
			return
		}
		if !bytes.Equal(got, plain) || !bytes.Equal(boundTag, tag) || boundEdition != edition {
			t.Errorf("what was never sealed gave %q for %q, %q", got, boundTag, boundEdition)
		}
	})
	if got, err := key.unseal(sealed, tag, edition); err != nil || !bytes.Equal(got, plain) {
		f.Errorf("what was sealed gave %q, %v", got, err)
	}
}

// FuzzUnpack tries what could only come from inside a seal.
func FuzzUnpack(f *testing.F) {
	p := newPacker()
	packed, err := p.pack(Saved{Attempt: "attempt", TakenAt: testDay, Payload: bytes.Repeat([]byte("report "), 99)})
	if err != nil {
		f.Fatal(err)
	}
	for _, cut := range []int{0, 1, 9, 10, 255, len(packed)} {
		f.Add(packed[:cut])
	}
	f.Add(make([]byte, packBlock))
	f.Add(append([]byte{packFormat}, bytes.Repeat([]byte{0xff}, packBlock-1)...))
	f.Fuzz(func(t *testing.T, plain []byte) {
		s, err := p.unpack(plain)
		if err != nil {
			if !errors.Is(err, ErrDamaged) {
				t.Errorf("unpack: %v, want ErrDamaged", err)
			}
			return
		}
		again, err := p.pack(s)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.unpack(again); err != nil || cmp.Diff(s, got) != "" {
			t.Errorf("unpacked, packed and unpacked again: %v\n%s", err, cmp.Diff(s, got))
		}
	})
}
