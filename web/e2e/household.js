// What a test brings about beside the page it looks at, by the same commands a person gives.
import assert from "node:assert/strict";
import { api } from "./haven.js";

// managed gives the spaces of the provider whose manager signs in, as its manager sees them.
export async function managed(haven) {
  const { status, body } = await api(haven, "manager", "GET", "/api/v1/spaces");
  assert.equal(status, 200);
  return body.spaces;
}

// report says how a space of the managed provider is. Its newest version is read first: the fictional network reports too.
export async function report(haven, id, how) {
  const space = (await managed(haven)).find((one) => one.id === id);
  const { status, body } = await api(haven, "manager", "POST", `/api/v1/spaces/${id}/reports`, { version: space.report_version, ...how });
  assert.equal(status, 200, JSON.stringify(body));
  return body;
}

// hold opens a request for one household and holds a free space of the managed provider for it.
export async function hold(haven, need) {
  const { body: request } = await api(haven, "helpline", "POST", "/api/v1/requests", need);
  const answers = [];
  for (const space of (await managed(haven)).filter((one) => one.status === "available")) {
    const { status, body } = await api(haven, "helpline", "POST", `/api/v1/requests/${request.id}/holds`, { space: space.id });
    if (status === 201) return { request, space, hold: body };
    answers.push(body.detail);
  }
  throw new Error(`no free space of the managed provider could be held: ${answers.join("; ")}`);
}
