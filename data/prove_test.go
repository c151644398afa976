package data_test

import (
	"testing"
	"time"

	"gutskin/data"
)

// What the shipped content promises holds for everybody.
func TestProof(t *testing.T) {
	library, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	proof := data.Prove(library, data.ProofOptions{Seed: 1, Samples: 20000})
	t.Log(time.Since(begun))
	for _, c := range proof.Claims {
		t.Logf("%-15s %-8s %7d %s: %d examples", c.ID, c.Basis, c.Cases, c.Of, len(c.Examples))
		for _, f := range c.Failed {
			t.Errorf("%s: %s %v", c.ID, f.Problem, f.Answers)
		}
	}
}
