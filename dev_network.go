package main

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/google/uuid"

	"haven/allocator/simulate"
	"haven/exchange"
	"haven/schema"
	"haven/schema/gazetteer"
	"haven/schema/ledger"
)

// devSeed makes the fictional network the same on every machine.
const devSeed = 53

// devFile is .haven/dev.json: what people, scripts and tests need to use a Haven that was started to try it.
type devFile struct {
	URL      string            `json:"url"`
	FeedURL  string            `json:"feed_url"`
	TextsURL string            `json:"texts_url"`
	SignIns  map[string]signIn `json:"sign_ins"` // by role; helpline_2 is a colleague
	Tokens   map[string]string `json:"tokens"`   // API bearer tokens, by the same names
	Provider devProvider       `json:"provider"` // the manager's organisation, whose feed is left to whoever holds this key
	// Keys of the other fictional providers, whose feeds `haven dev` keeps running.
	Keys map[string]string `json:"keys"`
}

type signIn struct {
	Email    string `json:"email"`
	Password string `json:"password"`
}

type devProvider struct {
	Organisation schema.OrganisationID `json:"organisation"`
	Service      schema.ServiceID      `json:"service"`
	Key          string                `json:"key"`
	WatchKey     string                `json:"watch_key"` // a second key: one feed takes over another of the same key
}

// devNetwork is the fictional network with its keys.
type devNetwork struct {
	file      devFile
	providers []simulate.Provider
	fresh     bool // the manager's organisation has published nothing yet
}

// fictionalID is the same for the same name, so that planting the network twice changes nothing.
func fictionalID(name string) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("haven dev "+name)).String()
}

// plantNetwork makes the fictional organisations, services, accounts and keys where they are missing. Spaces are never planted: they come over
// the feeds.
func plantNetwork(ctx context.Context, c Config, data, textsURL string) (*devNetwork, error) {
	path := filepath.Join(data, "dev.json")
	n := &devNetwork{}
	if err := readJSON(path, &n.file); err != nil {
		return nil, err
	}
	known, err := gazetteer.Default()
	if err != nil {
		return nil, err
	}
	if n.providers, err = simulate.Network(devSeed, time.Now(), known.Find); err != nil {
		return nil, err
	}
	n.file.URL, n.file.FeedURL, n.file.TextsURL = c.PublicURL, feedURL(c), textsURL
	err = withExchange(ctx, c, func(db *ledger.DB, x *exchange.Exchange) error {
		if err := n.plantProviders(ctx, c, db, x); err != nil {
			return err
		}
		return n.plantPeople(ctx, c, db, x)
	})
	if err != nil {
		return nil, err
	}
	return n, writeJSON(path, n.file)
}

// feedURL is where providers' systems connect.
func feedURL(c Config) string {
	u := "ws" + c.PublicURL[len("http"):]
	return u + "/feed/v1"
}

func (n *devNetwork) plantProviders(ctx context.Context, c Config, db *ledger.DB, x *exchange.Exchange) error {
	if n.file.Keys == nil {
		n.file.Keys = map[string]string{}
	}
	for i := range n.providers {
		p := &n.providers[i]
		p.Organisation.ID = schema.OrganisationID(fictionalID(p.Organisation.Name))
		planted, err := db.Services(ctx, exchange.Actor{Organisation: p.Organisation.ID, Role: schema.RoleManager})
		if err != nil {
			return err
		}
		if _, err := x.PutOrganisation(ctx, shell(), p.Organisation); err != nil {
			return err
		}
		for j := range p.Services {
			s := &p.Services[j]
			s.ID, s.Provider = schema.ServiceID(fictionalID(p.Organisation.Name+" "+s.CodeName)), p.Organisation.ID
			// What is there stays as people have changed it since.
			if slices.ContainsFunc(planted, func(there schema.Service) bool { return there.ID == s.ID }) {
				continue
			}
			duty, err := dutyNumber(s.DutyNumber, c)
			if err != nil {
				return err
			}
			if _, err := x.PutService(ctx, shell(), s.Service, duty); err != nil {
				return fmt.Errorf("service %s: %w", s.CodeName, err)
			}
		}
		id := string(p.Organisation.ID)
		if n.file.Keys[id], err = keyFor(ctx, db, p.Organisation.ID, n.file.Keys[id], "fictional feed"); err != nil {
			return err
		}
	}
	return n.chooseManaged(ctx, db)
}

// keyFor an organisation: the earlier one while it stands, or a new one.
func keyFor(ctx context.Context, db *ledger.DB, organisation schema.OrganisationID, earlier, label string) (string, error) {
	hash := sha256.Sum256([]byte(earlier))
	if key, err := db.FeedKey(ctx, hash[:]); err == nil && !key.Revoked {
		return earlier, nil
	}
	_, secret, err := newFeedKey(ctx, db, organisation, label)
	return secret, err
}

// chooseManaged picks the refuge whose manager signs in: the smallest provider with a refuge that has a family unit and two spaces free.
func (n *devNetwork) chooseManaged(ctx context.Context, db *ledger.DB) error {
	var chosen simulate.Provider
	var refuge simulate.Service
	for _, p := range n.providers {
		for _, s := range p.Services {
			// Once chosen it stays: the manager's acts are there.
			if s.ID == n.file.Provider.Service {
				chosen, refuge = p, s
				break
			}
			if n.file.Provider.Service == "" && s.Provision == schema.Refuge && worthManaging(s) && (refuge.ID == "" || spacesOf(p) < spacesOf(chosen)) {
				chosen, refuge = p, s
			}
		}
	}
	if refuge.ID == "" {
		return errors.New("the fictional network has no refuge to manage")
	}
	watch, err := keyFor(ctx, db, chosen.Organisation.ID, n.file.Provider.WatchKey, "fictional feed, watched")
	if err != nil {
		return err
	}
	n.file.Provider = devProvider{chosen.Organisation.ID, refuge.ID, n.file.Keys[string(chosen.Organisation.ID)], watch}
	spaces, err := db.Spaces(ctx, exchange.Actor{Organisation: chosen.Organisation.ID, Role: schema.RoleManager})
	n.fresh = len(spaces) == 0
	return err
}

func worthManaging(s simulate.Service) bool {
	free, units := 0, 0
	for _, sp := range s.Spaces {
		if sp.Report.State == schema.Available {
			free++
		}
		if len(sp.Rooms) > 1 {
			units++
		}
	}
	return free >= 2 && units > 0
}

func spacesOf(p simulate.Provider) int {
	total := 0
	for _, s := range p.Services {
		total += len(s.Spaces)
	}
	return total
}

// devPeople sign in: one of each role, and a second helpline worker to race with.
var devPeople = []struct {
	key          string
	role         schema.Role
	name         string
	organisation schema.Organisation // empty: the managed provider
}{
	{"helpline", schema.RoleHelpline, "Robin Marsh", schema.Organisation{Kind: schema.KindHelpline, Name: "Lantern Helpline"}},
	{"helpline_2", schema.RoleHelpline, "Sam Okafor", schema.Organisation{Kind: schema.KindHelpline, Name: "Lantern Helpline"}},
	{"manager", schema.RoleManager, "Jo Whitfield", schema.Organisation{}},
	{"housing", schema.RoleHousing, "Priya Nair", schema.Organisation{Kind: schema.KindCouncil, Name: "Brindle City Council"}},
	{"commissioner", schema.RoleCommissioner, "Alex Reid", schema.Organisation{Kind: schema.KindCommissioner, Name: "Brindle and Severn Partnership"}},
	{"administrator", schema.RoleAdministrator, "Chris Doyle", schema.Organisation{Kind: schema.KindNetwork, Name: "Haven network"}},
}

// devDuty is where the fictional helpline's texts go: shown by the stand-in.
const devDuty = "07700 900990"

func (n *devNetwork) plantPeople(ctx context.Context, c Config, db *ledger.DB, x *exchange.Exchange) error {
	if n.file.SignIns == nil {
		n.file.SignIns, n.file.Tokens = map[string]signIn{}, map[string]string{}
	}
	for _, who := range devPeople {
		email := who.key + "@haven.example"
		if _, err := db.AccountByEmail(ctx, email); err == nil && n.file.SignIns[who.key].Password != "" {
			continue
		}
		organisation := who.organisation
		organisation.ID = schema.OrganisationID(fictionalID(organisation.Name))
		if organisation.Name == "" {
			organisation.ID = n.file.Provider.Organisation
		} else if _, err := x.PutOrganisation(ctx, shell(), organisation); err != nil {
			return err
		}
		if organisation.Kind == schema.KindHelpline {
			duty, err := dutyNumber(devDuty, c)
			if err != nil {
				return err
			}
			if err := x.PutDutyNumber(ctx, shell(), organisation.ID, duty); err != nil {
				return err
			}
		}
		password := newSecret("")[:16]
		hash, err := exchange.HashPassword(ctx, password)
		if err != nil {
			return err
		}
		a := exchange.Account{Organisation: organisation.ID, Role: who.role, Email: email, Name: who.name, PasswordHash: hash}
		if err := putAccount(ctx, db, &a); err != nil {
			return err
		}
		token := newSecret("hvt_")
		sum := sha256.Sum256([]byte(token))
		if err := db.PutAPIToken(ctx, sum[:], a.ID, "haven dev"); err != nil {
			return err
		}
		n.file.SignIns[who.key], n.file.Tokens[who.key] = signIn{email, password}, token
	}
	return nil
}

func readJSON(path string, into any) error {
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return fmt.Errorf("%s cannot be read: remove it to get new sign-ins", filepath.Base(path))
	}
	return nil
}

// writeJSON replaces the file whole, readable by its owner only: it holds passwords and keys.
func writeJSON(path string, from any) error {
	raw, err := json.MarshalIndent(from, "", "  ")
	if err != nil {
		return err
	}
	next := path + ".next"
	if err := os.WriteFile(next, append(raw, '\n'), 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}
