package main

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"reflect"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is every key Haven reads, from the environment and nowhere else: a new key is one field here. `haven check` lists them; a field with
// the tag secret is never printed.
type Config struct {
	DatabaseURL        string `env:"DATABASE_URL" secret:"true" help:"PostgreSQL as the running user, which owns nothing"`
	MigrateDatabaseURL string `env:"MIGRATE_DATABASE_URL" secret:"true" help:"PostgreSQL as the owner; only haven migrate uses it"`
	RedisURL           string `env:"REDIS_URL" secret:"true" help:"Redis for the live board"`
	RedisPrefix        string `env:"REDIS_PREFIX" envDefault:"haven" help:"before every key, so that several Havens can share one Redis"`

	Port       string     `env:"PORT" envDefault:"8080" help:"where pages, API and feeds listen"`
	Host       string     `env:"HOST" help:"the interface to listen on; all of them when empty"`
	PublicURL  string     `env:"HAVEN_URL" help:"the address people use, like https://haven.example; https binds cookies to it"`
	Data       string     `env:"HAVEN_DATA" envDefault:".haven" help:"where haven dev keeps its private database"`
	StaffPhone string     `env:"HAVEN_PHONE" envDefault:"020 7946 0123" help:"the number named in texts to staff"`
	LogLevel   slog.Level `env:"LOG_LEVEL" envDefault:"INFO" help:"DEBUG, INFO, WARN or ERROR"`

	FeedURL string `env:"HAVEN_FEED_URL" help:"for haven feed: where a provider's system connects"`
	FeedKey string `env:"HAVEN_FEED_KEY" secret:"true" help:"for haven feed: the provider's key"`

	TwilioAccount   string `env:"TWILIO_ACCOUNT_SID" help:"Twilio account; texts wait in the ledger while it is empty"`
	TwilioKey       string `env:"TWILIO_API_KEY" secret:"true" help:"Twilio API key"`
	TwilioSecret    string `env:"TWILIO_API_SECRET" secret:"true" help:"Twilio API secret"`
	TwilioToken     string `env:"TWILIO_AUTH_TOKEN" secret:"true" help:"Twilio auth token, instead of a key and secret"`
	TwilioFrom      string `env:"TWILIO_FROM" help:"the number texts come from"`
	TwilioMessaging string `env:"TWILIO_MESSAGING_SERVICE_SID" help:"a messaging service, instead of a number"`
	TwilioRegion    string `env:"TWILIO_REGION" help:"like ie1, with TWILIO_EDGE"`
	TwilioEdge      string `env:"TWILIO_EDGE" help:"like dublin, with TWILIO_REGION"`
	TwilioBaseURL   string `env:"TWILIO_BASE_URL" help:"a stand-in on this machine, for trying out"`
}

// readConfig from the environment. What cannot be read is named by its key; a value is never repeated, for it may be a secret.
func readConfig(environ []string) (Config, error) {
	var c Config
	err := env.ParseWithOptions(&c, env.Options{Environment: env.ToMap(environ)})
	if err != nil {
		var bad env.AggregateError
		if errors.As(err, &bad) {
			for _, e := range bad.Errors {
				var p env.ParseError
				if errors.As(e, &p) {
					return c, fmt.Errorf("the environment variable for %s cannot be read: haven check lists what each one means", p.Name)
				}
			}
		}
		return c, errors.New("the environment cannot be read: haven check lists what each variable means")
	}
	if c.PublicURL == "" {
		c.PublicURL = "http://localhost:" + c.Port
	}
	u, err := url.Parse(c.PublicURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return c, errors.New("HAVEN_URL must be the address people use, like https://haven.example")
	}
	return c, nil
}

// secure says whether people reach Haven over https.
func (c Config) secure() bool { return strings.HasPrefix(c.PublicURL, "https://") }

// needs refuses to start without the servers a role stands on.
func (c Config) needs(role string, redis bool) error {
	if c.DatabaseURL == "" {
		return fmt.Errorf("%s needs DATABASE_URL; only haven dev starts a database of its own", role)
	}
	if redis && c.RedisURL == "" {
		return fmt.Errorf("%s needs REDIS_URL; only haven dev starts a Redis of its own", role)
	}
	return nil
}

// list prints every key with its value, or with whether it is set.
func (c Config) list(out io.Writer) {
	v := reflect.ValueOf(c)
	for i := range v.NumField() {
		f := v.Type().Field(i)
		shown := fmt.Sprint(v.Field(i).Interface())
		switch {
		case shown == "":
			shown = "(not set)"
		case f.Tag.Get("secret") == "true":
			shown = "(set, not shown)"
		}
		fmt.Fprintf(out, "%-30s %-28s %s\n", f.Tag.Get("env"), shown, f.Tag.Get("help"))
	}
}
