package web

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// What a new password costs to check: 32 MiB and about a tenth of a second. Each hash
// says with what it was made, so these can change.
const (
	hashTime   = 3
	hashMemory = 32 << 10 // KiB
	hashLanes  = 1
	hashLength = 32
	saltLength = 16
)

// How long a password may be, in characters and in bytes.
const (
	passwordLeast = 12
	passwordMost  = 1024
)

const hashForm = "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"

// HashPassword makes a hash that only the same password fits. It refuses a password
// that is too short to be safe.
func HashPassword(password string) (string, error) {
	if n := utf8.RuneCountInString(password); n < passwordLeast {
		return "", fmt.Errorf("the password has %d characters; use %d or more, such as four words that do not belong together", n, passwordLeast)
	}
	if len(password) > passwordMost {
		return "", fmt.Errorf("the password has %d bytes; use at most %d", len(password), passwordMost)
	}
	salt := make([]byte, saltLength)
	rand.Read(salt) // never fails
	sum := argon2.IDKey([]byte(password), salt, hashTime, hashMemory, hashLanes, hashLength)
	text := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf(hashForm, hashMemory, hashTime, hashLanes, text(salt), text(sum)), nil
}

// fits reports that a hash was made from this password, in the same time for any
// password. A hash that makes no sense is an error.
func fits(hash, password string) (bool, error) {
	var memory, time uint32
	var lanes uint8
	var rest string
	if _, err := fmt.Sscanf(hash, "$argon2id$v=19$m=%d,t=%d,p=%d$%s", &memory, &time, &lanes, &rest); err != nil || time < 1 || lanes < 1 {
		return false, errBadHash
	}
	const saltText = (saltLength*8 + 5) / 6
	if len(rest) <= saltText || rest[saltText] != '$' {
		return false, errBadHash
	}
	salt, err := base64.RawStdEncoding.DecodeString(rest[:saltText])
	if err != nil {
		return false, errBadHash
	}
	want, err := base64.RawStdEncoding.DecodeString(rest[saltText+1:])
	if err != nil || len(want) != hashLength {
		return false, errBadHash
	}
	got := argon2.IDKey([]byte(password), salt, time, memory, lanes, hashLength)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

var errBadHash = errors.New("the password that is kept cannot be read; set it again")
