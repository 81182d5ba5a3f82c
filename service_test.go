package main

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"haven/schema"
	"haven/schema/gazetteer"
)

const aServiceFile = `{"organisation":"o","code_name":"Juniper","provision":"refuge","area":"B11","setting":"town",
 "reception":{"from":"09:00","to":"21:30","days":["mon","sat"],"after_hours":"yes"}}`

func read(t *testing.T, text string) (schema.Service, error) {
	t.Helper()
	f, err := readService([]byte(text))
	if err != nil {
		return schema.Service{}, err
	}
	known, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	return f.service(known)
}

// TestReadmeServiceCanBePut: what the README shows is a service.
func TestReadmeServiceCanBePut(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(readme), "```json\n{\"organisation\"")
	example, _, found := strings.Cut(`{"organisation"`+example, "```")
	if !found {
		t.Fatal("the README has no service")
	}
	s, err := read(t, example)
	if err != nil {
		t.Fatal(err)
	}
	if s.Reception.From == "" || s.Setting == "" || len(s.Takes.Languages) == 0 || s.Takes.Pets == schema.Unknown {
		t.Errorf("the README's service says little: %+v", s)
	}
}

// TestServiceFilesSayEveryFact: each yes and no that a service can state is read from its file under its own name.
func TestServiceFilesSayEveryFact(t *testing.T) {
	t.Parallel()
	for _, row := range schema.TakesFacts() {
		s, err := read(t, strings.TrimSuffix(aServiceFile, "}")+`,"takes":{"`+row.Code+`":"yes"}}`)
		if err != nil || *row.Of(&s.Takes) != schema.Yes {
			t.Errorf("%s: %v, %+v", row.Code, err, s.Takes)
		}
	}
	s, err := read(t, aServiceFile)
	if err != nil || s.Setting != "town" || !reflect.DeepEqual(s.Reception, schema.Reception{From: "09:00", To: "21:30", Days: []string{"mon", "sat"}, AfterHours: schema.Yes}) {
		t.Errorf("%v, %+v", err, s)
	}
}

// TestServiceFilesNameWhatIsWrong, by its field.
func TestServiceFilesNameWhatIsWrong(t *testing.T) {
	t.Parallel()
	for with, want := range map[string]string{
		`"takes":{"pets":true}`:                               "line 2: takes.pets",
		`"takes":{"pets":"some"}`:                             "takes.pets",
		`"takes":{"cats":"yes"}`:                              "cats",
		`"takes":{"languages":["urdu","urdu"]}`:               "takes.languages",
		`"takes":{"support":{"magic":"yes"}}`:                 "takes.support",
		`"takes":{"age_from":20,"age_to":18}`:                 "takes.age_from",
		`"setting":"seaside"`:                                 "setting",
		`"reception":{"from":"9am","to":"21:30"}`:             "reception.from",
		`"lets":{"bedroom_rules":"mine"}`:                     "lets.bedroom_rules",
		`"excludes_from":["B11","QQ7"]`:                       "excludes_from[1]",
		`"takes":{}} {"organisation":"o","code_name":"Other"`: "goes on after",
	} {
		if _, err := read(t, strings.TrimSuffix(aServiceFile, "}")+","+with+"}"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q named", with, err, want)
		}
	}
}
