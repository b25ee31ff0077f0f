/* Invitations given out by this device, and who has answered them. */
import {
  type Circle,
  type CircleId,
  consider,
  type Given,
  invitationsGiven,
  invite,
  isOwnDevice,
  type OrganizationId,
  type PublicKey,
  type Role,
  UsageError,
  withdraw,
} from "../../../client/index.ts";
import type { Book, Session } from "../session.ts";
import { type Named, organizationIn } from "../statements.ts";
import { acting } from "./shared.ts";

export type NewInvitation = {
  readonly circle: CircleId;
  /** An organization that is in the circle already; absent: a new one. */
  readonly organization?: OrganizationId;
  readonly role: Exclude<Role, "coordinator">;
  readonly hours: number;
};

/** Who answered an invitation: the words are compared by voice before anything else. */
export type ArrivedView = {
  readonly organization: string;
  readonly member: string;
  readonly words: readonly string[];
  /** An organization of the circle whose name looks or sounds the same though it is another. */
  readonly resembles?: Named<OrganizationId>;
};

export type InvitationView = {
  readonly key: PublicKey;
  readonly role: Role;
  readonly organization?: Named<OrganizationId>;
  /** Hours since 1970. */
  readonly expires: number;
  readonly standing: Given["standing"];
  readonly arrived?: ArrivedView;
};

function invitationView(book: Book, { key, invite: opened, standing, arrived }: Given): InvitationView {
  return {
    key,
    role: opened.role,
    expires: opened.expires,
    standing,
    ...(opened.organization === undefined ? {} : { organization: organizationIn(book, opened.organization) }),
    ...(arrived === undefined
      ? {}
      : {
          arrived: {
            organization: arrived.organizationName,
            member: arrived.memberName,
            words: arrived.words,
            ...(arrived.resembles === undefined ? {} : { resembles: organizationIn(book, arrived.resembles) }),
          },
        }),
  };
}

/** Devices of one's own come in by the page that shows them. */
const isForOthers = ({ invite: opened }: Given) => opened.member === undefined;

async function answered(circle: Circle, key: PublicKey) {
  const found = (await invitationsGiven(circle)).find((given) => given.key === key)?.arrived;
  if (found === undefined || isOwnDevice(circle, found))
    throw new UsageError("candidate.unknown", "nobody has answered this invitation");
  return found;
}

type About = { readonly circle: CircleId; readonly key: PublicKey };

export function invitationMethods(session: Session) {
  return {
    /** Makes an invitation. The link is given here and never again: it is handed over outside, to one person. */
    make: ({ circle, ...options }: NewInvitation) =>
      acting(session, circle, async (book) => {
        const { link, expires } = await invite(book.circle, options);
        return { link, expires };
      }),
    list: async ({ circle, language }: { circle: CircleId; language: string }): Promise<readonly InvitationView[]> => {
      const book = await session.book(circle);
      const given = await invitationsGiven(book.circle, language);
      return given.filter(isForOthers).map((one) => invitationView(book, one));
    },
    /** Puts who answered before the circle, once the words were compared by voice. Returns the candidate's id. */
    consider: ({ circle, key }: About): Promise<string> =>
      acting(session, circle, async (book) => consider(book.circle, await answered(book.circle, key))),
    withdraw: ({ circle, key }: About): Promise<void> => acting(session, circle, (book) => withdraw(book.circle, key)),
  };
}
