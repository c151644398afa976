package web

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"gutskin/data"
)

// editions remembers contents that old reports were made with, and whether today's
// has been stored. Nothing in it belongs to a person.
type editions struct {
	mu     sync.Mutex
	stored bool
	old    map[string]*data.Library
}

// editionsMost bounds the memory that old contents take.
const editionsMost = 8

// keepEdition stores today's content before the first report that was made with it.
func (s *site) keepEdition(ctx context.Context) error {
	s.editions.mu.Lock()
	stored := s.editions.stored
	s.editions.mu.Unlock()
	if stored {
		return nil
	}
	if err := s.Store.KeepEdition(ctx, s.edition.Hash, s.Library.Pack()); err != nil {
		return err
	}
	s.editions.mu.Lock()
	s.editions.stored = true
	s.editions.mu.Unlock()
	return nil
}

// editionOf returns the content that a report was made with, so that it reads as it
// did on its day: in this language where it had it, else in its source language.
func (s *site) editionOf(ctx context.Context, hash, lang string) (*data.Edition, error) {
	if hash == s.edition.Hash {
		return s.Library.Edition(lang), nil
	}
	s.editions.mu.Lock()
	library := s.editions.old[hash]
	s.editions.mu.Unlock()
	if library != nil {
		return library.Edition(lang), nil
	}
	library, err := s.fetchLibrary(ctx, hash)
	if err != nil {
		return nil, err
	}
	s.editions.remember(library)
	return library.Edition(lang), nil
}

func (s *site) fetchLibrary(ctx context.Context, hash string) (*data.Library, error) {
	packed, err := s.Store.Edition(ctx, hash)
	if errors.Is(err, ErrNotFound) || errors.Is(err, ErrGone) {
		return nil, fmt.Errorf("%w: the edition %s is not in the store", ErrDamaged, hash)
	}
	if err != nil {
		return nil, err
	}
	library, err := data.Unpack(packed)
	if err != nil {
		return nil, fmt.Errorf("%w: unpack the edition %s: %w", ErrDamaged, hash, err)
	}
	if library.Hash() != hash {
		return nil, fmt.Errorf("%w: the edition %s was stored with the content of %s", ErrDamaged, hash, library.Hash())
	}
	return library, nil
}

func (e *editions) remember(library *data.Library) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.old == nil {
		e.old = map[string]*data.Library{}
	}
	for hash := range e.old {
		if len(e.old) < editionsMost {
			break
		}
		delete(e.old, hash)
	}
	e.old[library.Hash()] = library
}
