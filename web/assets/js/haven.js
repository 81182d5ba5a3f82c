// Starts the few behaviours of GOV.UK Frontend that pages use. Every page is complete without them.
import {
  Button,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
  isSupported,
} from "govuk-frontend";

// The two classes usually come from a script inside the page, which the content security policy rightly forbids.
document.body.classList.add("js-enabled", "govuk-frontend-supported");

if (isSupported()) {
  // A second press of a button within a second is an accident of the hand, and each command is idempotent only towards the server.
  createAll(Button, { preventDoubleClick: true });
  for (const component of [Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
    createAll(component);
  }
}
