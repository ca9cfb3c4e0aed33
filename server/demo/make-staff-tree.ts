import { createDice } from './dice.ts';
import { rollPerson } from './person-names.ts';

/** A member as a book brings one along, and a department. */
export type SeededMember = {
  _id: string;
  name: string;
  position: string;
  departmentIds: number[];
  leaderOf: number[];
  isActive: true;
};
export type SeededDepartment = { _id: number; name: string; parentId: number };

const ROOT = 1;
const CENTRE = 900_000;
const REGIONS = ['华东', '华南', '华北', '西部'] as const;
const ACCOUNTS_PER_SELLER = 200;
const SELLERS_PER_TEAM = 8;

/**
 * The members whom a book of so many accounts needs: sales in teams of eight, teams in four regions, a leader each, one
 * director. Who somebody is does not depend on how many there are, so that a larger book only adds people.
 */
export function makeStaffTree(accounts: number): {
  departments: SeededDepartment[];
  members: SeededMember[];
  sellerIds: string[];
} {
  const sellers = Math.max(REGIONS.length, Math.ceil(accounts / ACCOUNTS_PER_SELLER));
  const teams = Math.max(REGIONS.length, Math.ceil(sellers / SELLERS_PER_TEAM));
  const regionIds = REGIONS.map((_, index) => CENTRE + 1 + index);
  const regionOf = (team: number) => regionIds[team % REGIONS.length] ?? CENTRE;
  const teamId = (team: number) => CENTRE + 100 + team;
  const departments = [
    { _id: ROOT, name: '总部', parentId: 0 },
    { _id: CENTRE, name: '销售中心', parentId: ROOT },
    ...REGIONS.map((name, index) => ({ _id: CENTRE + 1 + index, name: `${name}大区`, parentId: CENTRE })),
    ...numbers(teams).map((team) => ({
      _id: teamId(team),
      name: `${REGIONS[team % REGIONS.length]}销售 ${Math.floor(team / REGIONS.length) + 1} 部`,
      parentId: regionOf(team),
    })),
  ];
  const leaders = leadersOf(regionIds, numbers(teams).map(teamId));
  const sales = numbers(sellers).map((index) =>
    member(`sales-${padded(index + 1)}`, {
      position: '销售经理',
      departmentIds: [teamId(index % teams)],
      leaderOf: [],
    }),
  );
  return { departments, members: [...leaders, ...sales], sellerIds: sales.map(({ _id }) => _id) };
}

const leading = (_id: string, position: string, departmentId: number) =>
  member(_id, { position, departmentIds: [departmentId], leaderOf: [departmentId] });

/** One director, and a leader for each region and team. */
function leadersOf(regionIds: readonly number[], teamIds: readonly number[]): SeededMember[] {
  return [
    leading('director', '销售总监', CENTRE),
    ...regionIds.map((id, index) => leading(`region-${index + 1}`, '大区经理', id)),
    ...teamIds.map((id, index) => leading(`lead-${padded(index + 1)}`, '销售主管', id)),
  ];
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const padded = (number: number) => String(number).padStart(4, '0');

/** A member with a name of their own, the same wherever the id appears. */
function member(
  _id: string,
  place: Pick<SeededMember, 'position' | 'departmentIds' | 'leaderOf'>,
): SeededMember {
  const seed = [..._id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
  return { _id, name: rollPerson(createDice(seed)).name, ...place, isActive: true };
}
