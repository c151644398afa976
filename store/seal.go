package store

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
)

// What is derived from what:
//
//	link key ── HKDF ──┬── lookup id, by which the database finds the link
//	                   └── wrapping key ── AES-256-GCM ── the journal's data key
//	data key (random) ─┬── AES-256-GCM ── every report of the journal
//	                   └── HKDF ── the tag of an attempt
//	data key and the owner's wrapping key ── HKDF ── note key ── AES-256-GCM ── every note
//
// Each sealed blob is bound to its kind and its row by its associated data. A
// report needs no journal number there: no other journal has its data key. A
// wrapped key is bound to what its link may do and until when, so that a change of
// either in the database makes the link open nothing. Notes are sealed for the
// owner alone: a view-only link has the data key, which does not open them.
const (
	infoLookup  = "gutskin 1 lookup id"
	infoWrap    = "gutskin 1 wrapping key"
	infoAttempt = "gutskin 1 attempt tag\x00"
	infoNotes   = "gutskin 1 note key"
	kindDataKey = "gutskin 1 data key\x00" // wrapped for the owner
	kindViewKey = "gutskin 1 view key\x00" // wrapped for a view-only link
	kindReport  = "gutskin 1 report\x00"
	kindNote    = "gutskin 1 note\x00"

	keyLength     = 26 // of a link key, in characters
	secretLength  = 32 // of every key and of the lookup id, in bytes
	attemptLength = 16 // of an attempt's tag, in bytes
	sealLength    = 28 // that a seal adds, in bytes: nonce and authentication code
)

// wellFormed reports whether s could be a link key: cheap enough to ask before
// any work is done for a stranger.
func wellFormed(s string) bool {
	if len(s) != keyLength {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// linkKeys are the two halves of a link key.
type linkKeys struct{ lookup, wrapping []byte }

// keysOf answers ErrNotFound for what cannot be a link key.
func keysOf(key string) (linkKeys, error) {
	if !wellFormed(key) {
		return linkKeys{}, ErrNotFound
	}
	// A link key has 130 random bits: HKDF, and no slow password hash, is enough.
	secret, err := hkdf.Extract(sha256.New, []byte(key), nil)
	if err != nil {
		return linkKeys{}, err
	}
	lookup, err := hkdf.Expand(sha256.New, secret, infoLookup, secretLength)
	if err != nil {
		return linkKeys{}, err
	}
	wrapping, err := hkdf.Expand(sha256.New, secret, infoWrap, secretLength)
	return linkKeys{lookup, wrapping}, err
}

// wrap seals a data key for this link in a role. until is the last day of a
// view-only link, or nil.
func (k linkKeys) wrap(key dataKey, as role, until *string) ([]byte, error) {
	binding, err := k.binding(as, until)
	if err != nil {
		return nil, err
	}
	return seal(k.wrapping, key, binding)
}

// unwrap opens what wrap sealed for this link, role and day, or answers ErrDamaged.
func (k linkKeys) unwrap(wrapped []byte, as role, until *string) (dataKey, error) {
	binding, err := k.binding(as, until)
	if err != nil {
		return nil, err
	}
	return unseal(k.wrapping, wrapped, binding)
}

// binding answers ErrDamaged for what no link is.
func (k linkKeys) binding(as role, until *string) ([]byte, error) {
	switch {
	case as == owner && until == nil:
		return append([]byte(kindDataKey), k.lookup...), nil
	case as == viewer && until == nil:
		return append([]byte(kindViewKey), k.lookup...), nil
	case as == viewer:
		return append(append([]byte(kindViewKey), k.lookup...), *until...), nil
	}
	return nil, ErrDamaged
}

// noteKey seals the notes of one journal for its owner.
type noteKey []byte

func (k linkKeys) noteKey(key dataKey) (noteKey, error) {
	return hkdf.Key(sha256.New, append(bytes.Clone(key), k.wrapping...), nil, infoNotes, secretLength)
}

func (k noteKey) seal(plain []byte, kind string) ([]byte, error) {
	return seal(k, plain, []byte(kindNote+kind))
}

func (k noteKey) unseal(sealed []byte, kind string) ([]byte, error) {
	return unseal(k, sealed, []byte(kindNote+kind))
}

// dataKey seals the reports of one journal.
type dataKey []byte

func newDataKey() dataKey {
	k := make(dataKey, secretLength)
	rand.Read(k) // never fails: the program ends when the system has no randomness
	return k
}

// tag turns an attempt id into what the database may know of it.
func (k dataKey) tag(attempt string) ([]byte, error) {
	return hkdf.Expand(sha256.New, k, infoAttempt+attempt, attemptLength)
}

func (k dataKey) seal(plain, tag []byte, edition string) ([]byte, error) {
	return seal(k, plain, reportBinding(tag, edition))
}

func (k dataKey) unseal(sealed, tag []byte, edition string) ([]byte, error) {
	return unseal(k, sealed, reportBinding(tag, edition))
}

func reportBinding(tag []byte, edition string) []byte {
	return bytes.Join([][]byte{[]byte(kindReport), tag, []byte(edition)}, []byte{0})
}

// seal answers nonce, ciphertext and authentication code in one piece.
func seal(key, plain, binding []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nil, plain, binding), nil //nolint:gosec // it draws the nonce itself: see newAEAD
}

// unseal answers ErrDamaged for all that this key did not seal with this binding.
func unseal(key, sealed, binding []byte) ([]byte, error) {
	aead, err := newAEAD(key)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nil, sealed, binding)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

func newAEAD(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}
