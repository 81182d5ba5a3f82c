package allocator_test

import (
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"haven/allocator"
	"haven/schema"
)

// mix gives what one of two says, field by field at random, so that a pair of it and the first is equal in much and different in the rest.
func mix[T any](t *rapid.T, a, b T) T {
	mixed := a
	mixFields(t, reflect.ValueOf(&mixed).Elem(), reflect.ValueOf(&b).Elem())
	return mixed
}

func mixFields(t *rapid.T, to, from reflect.Value) {
	for i := range to.NumField() {
		switch f := to.Field(i); {
		case f.Kind() == reflect.Struct && f.Type() != reflect.TypeFor[time.Time]():
			mixFields(t, f, from.Field(i))
		case rapid.IntRange(0, 3).Draw(t, "other") == 0:
			f.Set(from.Field(i))
		}
	}
}

// genNow is a time at which somebody may ask.
func genNow() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		return noon.Add(time.Duration(rapid.IntRange(-72*60, 72*60).Draw(t, "minutes")) * time.Minute)
	})
}

// TestMixedPairsAlikeByKey holds each rule to its key field by field: whatever the key leaves out changes no verdict and no reason that is put
// forward.
func TestMixedPairsAlikeByKey(t *testing.T) {
	t.Parallel()
	rules := allocator.Rules()
	rapid.Check(t, func(t *rapid.T) {
		need, place, now := genAsked().Draw(t, "need"), genPlace().Draw(t, "place"), genNow().Draw(t, "now")
		likeNeed, likePlace := mix(t, need, genAsked().Draw(t, "other need")), mix(t, place, genPlace().Draw(t, "other place"))
		says := allocator.Evaluate(need, place, now).Findings
		ofNeed, ofPlace := allocator.Evaluate(likeNeed, place, now).Findings, allocator.Evaluate(need, likePlace, now).Findings
		for i, r := range rules {
			if k := r.PlaceKey(place); k != nil && k == r.PlaceKey(likePlace) && (says[i].Verdict != ofPlace[i].Verdict || says[i].Unmet != ofPlace[i].Unmet) {
				t.Fatalf("%s: two places with the key %+v get\n%+v\n%+v", r.Code, k, says[i], ofPlace[i])
			}
			if k := r.NeedKey(need); k != nil && k == r.NeedKey(likeNeed) && says[i].Verdict != ofNeed[i].Verdict {
				t.Fatalf("%s: two needs with the key %+v get\n%+v\n%+v", r.Code, k, says[i], ofNeed[i])
			}
		}
	})
}

// TestNothingSaidFitsEverywhere holds the rules to it that promise so: the index passes over them.
func TestNothingSaidFitsEverywhere(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		need := mix(t, schema.Need{}, genAsked().Draw(t, "need"))
		place, now := genPlace().Draw(t, "place"), genNow().Draw(t, "now")
		mute := allocator.Mute(&need)
		for i, f := range allocator.Evaluate(need, place, now).Findings {
			if mute[i] && f.Verdict != allocator.Fits {
				t.Fatalf("%s says %s of a need that says nothing to it: %s", f.Rule, f.Verdict, f.Words)
			}
		}
	})
}

// TestSharedServiceIsTheSame: services that differ in any field there is, one added tomorrow too, are not taken for one.
func TestSharedServiceIsTheSame(t *testing.T) {
	t.Parallel()
	var check func(path string, of func(*schema.Service) reflect.Value)
	check = func(path string, of func(*schema.Service) reflect.Value) {
		typ := of(&schema.Service{}).Type()
		if typ.Kind() == reflect.Struct {
			for i := range typ.NumField() {
				check(path+"."+typ.Field(i).Name, func(s *schema.Service) reflect.Value { return of(s).Field(i) })
			}
			return
		}
		a, b := schema.Service{}, schema.Service{}
		of(&b).Set(other(typ))
		if allocator.SameService(&a, &b) {
			t.Errorf("services that differ in%s are taken for one", path)
		}
	}
	check("", func(s *schema.Service) reflect.Value { return reflect.ValueOf(s).Elem() })
}

// other gives a value of a type that is not its zero.
func other(typ reflect.Type) reflect.Value {
	v := reflect.New(typ).Elem()
	switch typ.Kind() {
	case reflect.String:
		v.SetString("other")
	case reflect.Int, reflect.Int64:
		v.SetInt(7)
	case reflect.Float64:
		v.SetFloat(7)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Pointer:
		v.Set(reflect.New(typ.Elem()))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(typ, 1, 1))
	case reflect.Map:
		v.Set(reflect.MakeMap(typ))
		v.SetMapIndex(other(typ.Key()), other(typ.Elem()))
	default:
		panic("a service has a field of kind " + typ.Kind().String() + ": say here what another value of it is")
	}
	return v
}
