// Package live pushes the board's changes to browsers over WebSocket. It only pushes: commands are ordinary forms.
package live
