// Package views is what a page looks like: one typed struct and one template per
// screen, side by side, over shared partials, one style sheet and one small script.
//
// Constructors compute; templates only place. A template uses nothing but if,
// range, with, the fields of its page and the words of T. Nothing is escaped by
// hand. A page needs no script, no font and no third party.
package views
