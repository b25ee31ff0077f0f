/** Journey 3: coordinating a circle. */
import { Admission } from "./admission.tsx";
import { Arrival } from "./arrival.tsx";
import { Decisions } from "./decisions.tsx";
import { Invite } from "./invite.tsx";
import { LogPage } from "./log.tsx";
import { MarkPage } from "./mark.tsx";
import { MemberPage } from "./member.tsx";
import { OrganizationPage } from "./organization.tsx";
import { Coordinate } from "./overview.tsx";
import { Rules } from "./rules.tsx";
import { TrustPage } from "./trust.tsx";

export const coordinateViews = {
  circle: Coordinate,
  "circle-admission": Admission,
  "circle-arrival": Arrival,
  "circle-decisions": Decisions,
  "circle-invite": Invite,
  "circle-log": LogPage,
  "circle-mark": MarkPage,
  "circle-member": MemberPage,
  "circle-organization": OrganizationPage,
  "circle-rules": Rules,
  "circle-trust": TrustPage,
} as const;
