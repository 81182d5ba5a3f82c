package live

// Hub fans changes out to browsers.
type Hub struct{}
