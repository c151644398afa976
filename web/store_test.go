package web

import (
	"context"
	"errors"
	"path/filepath"
	"testing"

	"gutskin/store"
)

// realStore fits a store to what the web needs of one, as main does.
type realStore struct{ *store.DB }

func openStore(t testing.TB) Store {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{URL: filepath.Join(t.TempDir(), "test.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return realStore{db}
}

func inOurWords(err error) error {
	for theirs, ours := range map[error]error{
		store.ErrNotFound: ErrNotFound, store.ErrGone: ErrGone, store.ErrDamaged: ErrDamaged,
		store.ErrReadOnly: ErrReadOnly, store.ErrShares: ErrShares,
		store.ErrBusy: ErrBusy, store.ErrFull: ErrFull, store.ErrClosed: ErrBusy,
	} {
		if errors.Is(err, theirs) {
			return ours
		}
	}
	return err
}

func (r realStore) Save(ctx context.Context, key string, s Saved) error {
	return inOurWords(r.DB.Save(ctx, key, store.Saved(s)))
}

func (r realStore) Read(ctx context.Context, key string) (Journal, error) {
	j, err := r.DB.Read(ctx, key)
	out := Journal{KeptUntil: j.KeptUntil, ViewOnly: j.ViewOnly, Notes: j.Notes}
	for _, e := range j.Entries {
		out.Entries = append(out.Entries, Saved(e))
	}
	for _, s := range j.Shares {
		out.Shares = append(out.Shares, Share(s))
	}
	return out, inOurWords(err)
}

func (r realStore) Share(ctx context.Context, ownerKey string, s Share) (string, error) {
	viewKey, err := r.DB.Share(ctx, ownerKey, store.Share(s))
	return viewKey, inOurWords(err)
}

func (r realStore) Unshare(ctx context.Context, ownerKey, viewKey string) error {
	return inOurWords(r.DB.Unshare(ctx, ownerKey, viewKey))
}

func (r realStore) Renew(ctx context.Context, oldKey, newKey string) error {
	return inOurWords(r.DB.Renew(ctx, oldKey, newKey))
}

func (r realStore) Put(ctx context.Context, ownerKey, kind string, payload []byte) error {
	return inOurWords(r.DB.Put(ctx, ownerKey, kind, payload))
}

func (r realStore) AddFeedback(ctx context.Context, useful, words string) error {
	return inOurWords(r.DB.AddFeedback(ctx, store.Useful(useful), words))
}

func (r realStore) ReadFeedback(ctx context.Context) (Feedback, error) {
	heard, err := r.DB.ReadFeedback(ctx)
	return Feedback(heard), inOurWords(err)
}

func (r realStore) Delete(ctx context.Context, key string) error {
	return inOurWords(r.DB.Delete(ctx, key))
}

func (r realStore) KeepEdition(ctx context.Context, hash string, content []byte) error {
	return inOurWords(r.DB.KeepEdition(ctx, hash, content))
}

func (r realStore) Operator(ctx context.Context) (Operator, error) {
	o, err := r.DB.Operator(ctx)
	return Operator(o), inOurWords(err)
}

func (r realStore) Edition(ctx context.Context, hash string) ([]byte, error) {
	content, err := r.DB.Edition(ctx, hash)
	return content, inOurWords(err)
}
