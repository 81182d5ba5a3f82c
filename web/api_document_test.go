package web

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"haven/allocator"
	"haven/schema"
)

// apiDocumentTree is as much of the document as is held against the program.
type apiDocumentTree struct {
	Paths      map[string]map[string]yaml.Node `yaml:"paths"`
	Components struct {
		Schemas map[string]documentSchema `yaml:"schemas"`
	} `yaml:"components"`
}

type documentSchema struct {
	Ref        string                    `yaml:"$ref"`
	AllOf      []documentSchema          `yaml:"allOf"`
	Properties map[string]documentSchema `yaml:"properties"`
	Required   []string                  `yaml:"required"`
	Enum       []string                  `yaml:"enum"`
	Type       yaml.Node                 `yaml:"type"`
	Items      *documentSchema           `yaml:"items"`
	Strict     yaml.Node                 `yaml:"additionalProperties"`
}

func readDocument(t *testing.T) apiDocumentTree {
	t.Helper()
	var d apiDocumentTree
	must(t, yaml.Unmarshal(openAPI, &d))
	return d
}

const schemaRef = "#/components/schemas/"

func TestDocumentHasEveryRoute(t *testing.T) {
	t.Parallel()
	var written, routed []string
	for path, operations := range readDocument(t).Paths {
		for method, operation := range operations {
			if method == "parameters" {
				continue
			}
			written = append(written, strings.ToUpper(method)+" "+path)
			var body struct {
				Parameters []struct {
					Name string `yaml:"name"`
					In   string `yaml:"in"`
					Ref  string `yaml:"$ref"`
				} `yaml:"parameters"`
			}
			must(t, operation.Decode(&body))
			keyed := false
			for _, p := range body.Parameters {
				keyed = keyed || strings.HasSuffix(p.Ref, "/IdempotencyKey")
				if p.In == "query" && p.Name != "from" && p.Name != "to" {
					t.Errorf("%s %s has %s in its address; needs travel in bodies", method, path, p.Name)
				}
			}
			if command := method != "get" && path != "/api/v1/search"; keyed != command {
				t.Errorf("%s %s asks for an Idempotency-Key: %t, want %t", method, path, keyed, command)
			}
		}
	}
	for _, r := range apiRoutes {
		routed = append(routed, r.pattern)
	}
	slices.Sort(written)
	slices.Sort(routed)
	if !slices.Equal(written, routed) {
		t.Errorf("the document has\n%s\nthe program has\n%s", strings.Join(written, "\n"), strings.Join(routed, "\n"))
	}
}

// wire is every struct that travels, by its name in the document.
var wire = map[string]any{
	"Problem": problem{}, "Organisation": schema.Organisation{}, "Account": apiAccount{}, "CouncilList": apiCouncilList{},
	"Need": apiNeed{}, "Search": apiSearchBody{}, "Household": schema.Household{}, "Adult": schema.Adult{}, "Child": schema.Child{}, "Avoid": apiAvoid{}, "Route": apiRoute{}, "Near": apiNear{},
	"Wish": apiWish{}, "Harm": schema.Harm{}, "Funding": schema.Funding{}, "Home": schema.Home{}, "MovingOn": schema.MovingOn{},
	"Tonight": schema.Tonight{}, "Risk": schema.Risk{},
	"Shortlist": apiShortlist{}, "GroupCounts": apiGroupCounts{}, "Candidate": apiCandidate{}, "Finding": allocator.Finding{}, "Opening": allocator.Opening{}, "OpeningRegion": allocator.OpeningRegion{}, "Question": allocator.Question{}, "Area": apiArea{},
	"Request": apiRequestBody{}, "RequestWithHolds": apiRequestWithHolds{}, "RequestList": apiRequestList{}, "Unmet": apiUnmetBody{},
	"HoldStart": apiHoldStart{}, "Hold": apiHoldBody{}, "HoldView": apiHoldView{}, "HoldList": apiHoldList{}, "ServiceSaid": apiServiceSaid{},
	"SurvivorSaid": apiSurvivorSaid{}, "Answer": apiAnswerBody{}, "Choice": apiChoiceBody{}, "Placement": apiPlacement{},
	"Space": apiSpace{}, "Claim": apiClaim{}, "SpaceList": apiSpaceList{}, "Report": schema.Report{}, "Reported": apiReported{},
	"Service": apiService{}, "Takes": schema.Takes{}, "Reception": schema.Reception{}, "Lets": schema.Lets{}, "ServiceList": apiServiceList{}, "Confirmation": apiConfirmBody{}, "Confirmed": apiConfirmed{},
	"Stay": apiStay{}, "Nights": apiNights{}, "StayList": apiStayList{}, "StayStart": apiStayStart{}, "StayEnd": apiStayEnd{},
	"Figures": publicFigures{}, "FigureRow": figureRow{}, "UnmetFigures": unmetFigures{}, "OpeningFigure": openingFigure{},
	"WaitingRequest": apiWaitingRequest{}, "WaitingList": apiWaitingList{}, "Match": apiMatch{},
	"Plan": apiPlan{}, "Suggestion": apiSuggestion{}, "Unplaced": apiUnplaced{},
}

// marshalled writes its own JSON, so its fields cannot be read from its type; TestAPIStayAfterUnmet reads what it writes.
var marshalled = []string{"Count"}

// parts are what several schemas have in common; a strict one cannot be extended.
var parts = []string{"NeedFacts"}

func TestDocumentHasEveryField(t *testing.T) {
	t.Parallel()
	d := readDocument(t)
	for name, value := range wire {
		fields := slices.Sorted(maps.Keys(jsonFields(reflect.TypeOf(value))))
		if written := slices.Sorted(maps.Keys(d.all(documentSchema{Ref: schemaRef + name}))); !slices.Equal(written, fields) {
			t.Errorf("%s: the document has %v, the program has %v", name, written, fields)
		}
	}
	for name, s := range d.Components.Schemas {
		if len(d.all(s)) > 0 && wire[name] == nil && !slices.Contains(slices.Concat(marshalled, parts), name) {
			t.Errorf("%s is in the document and stands for no type of the program", name)
		}
	}
}

// TestDocumentRefersToWhatIsThere: a reference to nothing would only be met by whoever makes a client from the document.
func TestDocumentRefersToWhatIsThere(t *testing.T) {
	t.Parallel()
	var whole map[string]any
	must(t, yaml.Unmarshal(openAPI, &whole))
	refs := 0
	for line := range strings.SplitSeq(string(openAPI), "\n") {
		for _, rest := range strings.Split(line, `$ref: "#/`)[1:] {
			ref, _, _ := strings.Cut(rest, `"`)
			var at any = whole
			for part := range strings.SplitSeq(ref, "/") {
				level, _ := at.(map[string]any)
				at = level[part]
			}
			if refs++; at == nil {
				t.Errorf("the document refers to %s, which is not there", ref)
			}
		}
	}
	if refs == 0 {
		t.Error("the document refers to nothing")
	}
}

// TestDocumentHasEveryType: a field is of the type the document gives it, and a struct is the schema of its name.
func TestDocumentHasEveryType(t *testing.T) {
	t.Parallel()
	d := readDocument(t)
	for name, value := range wire {
		written := d.all(documentSchema{Ref: schemaRef + name})
		for field, of := range jsonFields(reflect.TypeOf(value)) {
			if got, want := d.typeOf(written[field]), typeInDocument(of); got != want {
				t.Errorf("%s.%s: the document has %s, the program has %s", name, field, got, want)
			}
		}
	}
}

// all fields of a schema, through its references.
func (d apiDocumentTree) all(s documentSchema) map[string]documentSchema {
	if name, ok := strings.CutPrefix(s.Ref, schemaRef); ok {
		return d.all(d.Components.Schemas[name])
	}
	fields := maps.Clone(s.Properties)
	for _, part := range s.AllOf {
		if fields == nil {
			fields = map[string]documentSchema{}
		}
		maps.Copy(fields, d.all(part))
	}
	return fields
}

// typeOf names a schema as typeInDocument names a type: "string", "[]Hold".
func (d apiDocumentTree) typeOf(s documentSchema) string {
	if len(s.AllOf) == 1 { // a reference with a description of its own
		return d.typeOf(s.AllOf[0])
	}
	if name, ok := strings.CutPrefix(s.Ref, schemaRef); ok {
		if named := d.Components.Schemas[name]; named.Type.Value == "object" || len(named.AllOf) > 0 || name == "Time" {
			return name
		}
		return d.typeOf(d.Components.Schemas[name])
	}
	if s.Items != nil {
		return "[]" + d.typeOf(*s.Items)
	}
	return s.Type.Value
}

func typeInDocument(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return typeInDocument(t.Elem())
	case reflect.Slice:
		return "[]" + typeInDocument(t.Elem())
	case reflect.String:
		return "string"
	case reflect.Bool:
		return "boolean"
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Map:
		return "object"
	}
	switch t {
	case timeType:
		return "Time"
	case reflect.TypeFor[figureCount]():
		return "Count"
	}
	for name, value := range wire {
		if reflect.TypeOf(value) == t {
			return name
		}
	}
	return t.String()
}

// TestDocumentRequiresWhatIsAlwaysThere: a field of an answer without omitempty is always there, and the document says so.
func TestDocumentRequiresWhatIsAlwaysThere(t *testing.T) {
	t.Parallel()
	d := readDocument(t)
	for name, value := range wire {
		s := d.Components.Schemas[name]
		if s.Strict.Value == "false" || len(s.AllOf) > 0 || len(s.Properties) == 0 {
			continue // what is sent may leave out more than what is answered
		}
		for _, f := range reflect.VisibleFields(reflect.TypeOf(value)) {
			field, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			if always := field != "" && !strings.Contains(options, "omit"); field != "" && always != slices.Contains(s.Required, field) {
				t.Errorf("%s.%s is always there: %t, and the document says otherwise", name, field, always)
			}
		}
	}
}

func TestDocumentHasEveryCode(t *testing.T) {
	t.Parallel()
	var codes []string
	for _, p := range schema.Provisions() {
		codes = append(codes, string(p.Code))
	}
	wishes := each(schema.WishKinds(), func(k schema.WishKind) string { return string(k.Code) })
	d := readDocument(t)
	for name, want := range map[string][]string{
		"Provision": codes, "UnmetReason": codesOf(schema.UnmetReasons), "CannotTake": codesOf(schema.CannotTake), "DecidedNot": codesOf(schema.DecidedNot), "OutOfUse": codesOf(schema.OutOfUse),
		"HoldEnd": codesOf(schema.HoldEnds), "EndedBy": codesOf(schema.EndedByWords), "Sleeps": codesOf(schema.Sleeps), "RiskSource": codesOf(schema.RiskSources),
		"WishCode": wishes, "AvoidBecause": codesOf(schema.AvoidBecause), "NearBecause": codesOf(schema.NearBecause),
		"Relation": codesOf(schema.Relations), "Group": codesOf(schema.Groups), "SupportNeed": codesOf(schema.SupportNeeds), "FundingRoute": codesOf(schema.FundingRoutes),
		"Language": codesOf(schema.Languages), "Setting": codesOf(schema.Settings), "BedroomRules": codesOf(schema.BedroomRules), "Weekday": codesOf(schema.Weekdays),
	} {
		if got := d.Components.Schemas[name].Enum; !slices.Equal(got, want) {
			t.Errorf("%s: the document has %v, the program has %v", name, got, want)
		}
	}
}

func codesOf(list schema.Codes) []string {
	return each(list, func(c schema.Code) string { return c.Code })
}

// TestDocumentHasEveryProblemCode reads the codes of refusals from the sources they are written in.
func TestDocumentHasEveryProblemCode(t *testing.T) {
	t.Parallel()
	inSource := map[string]bool{}
	for _, folder := range []string{"../schema", "../schema/ledger", "../exchange", "."} {
		files, err := filepath.Glob(filepath.Join(folder, "*.go"))
		must(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			tree, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			must(t, err)
			ast.Inspect(tree, func(n ast.Node) bool {
				if code := refusalCode(n); code != "" {
					inSource[code] = true
				}
				return true
			})
		}
	}
	written := readDocument(t).Components.Schemas["ProblemCode"].Enum
	for code := range inSource {
		if !slices.Contains(written, code) {
			t.Errorf("the code %s is not in the document", code)
		}
	}
	for _, code := range written {
		if !inSource[code] {
			t.Errorf("the document has the code %s, which nothing gives", code)
		}
	}
	if !slices.IsSorted(written) {
		t.Error("the codes are not in order")
	}
}

// refusalCode finds the literal code in Refuse(kind, "code", …), in a Refusal{Code: "code"}, and where the outcome of a report gets one.
func refusalCode(n ast.Node) string {
	switch n := n.(type) {
	case *ast.CallExpr:
		if called := nameOf(n.Fun); called == "Refuse" && len(n.Args) == 3 {
			return literal(n.Args[1])
		}
	case *ast.CompositeLit:
		if nameOf(n.Type) != "Refusal" && nameOf(n.Type) != "SpaceOutcome" {
			return ""
		}
		for _, e := range n.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok && nameOf(kv.Key) == "Code" {
				return literal(kv.Value)
			}
		}
	case *ast.AssignStmt:
		for i, left := range n.Lhs {
			if s, ok := left.(*ast.SelectorExpr); ok && s.Sel.Name == "Code" && len(n.Rhs) == len(n.Lhs) {
				return literal(n.Rhs[i])
			}
		}
	}
	return ""
}

func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		return e.Sel.Name
	}
	return ""
}

func literal(e ast.Expr) string {
	if b, ok := e.(*ast.BasicLit); ok && b.Kind == token.STRING {
		s, _ := strconv.Unquote(b.Value)
		return s
	}
	return ""
}

// TestAPISpacesHaveEveryFact: what is said of a space reaches whoever may see it, under the name it has in schema.
func TestAPISpacesHaveEveryFact(t *testing.T) {
	t.Parallel()
	for _, row := range schema.SpaceFacts() {
		var s schema.Space
		*row.Of(&s) = schema.Yes
		raw, err := json.Marshal(toAPISpaceFacts(s))
		must(t, err)
		if want := `{"` + row.Code + `":"yes"}`; string(raw) != want {
			t.Errorf("%s: %s, want %s", row.Label, raw, want)
		}
	}
	none := 0
	raw, err := json.Marshal(toAPISpaceFacts(schema.Space{Cots: &none}))
	must(t, err)
	if string(raw) != `{"cots":0}` {
		t.Errorf("no cots reads %s; none is not the same as not said", raw)
	}
}
