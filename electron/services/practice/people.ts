import { makeResidentIdentityNumber } from '../../../shared/domain/check-characters.ts';
import type { Draw } from './draw.ts';
import type { Place } from './vocabulary/places-vocabulary.ts';
import { type Script, wordsOf } from './words.ts';

export interface Person {
  readonly name: string;
  readonly sex: 'male' | 'female';
}

/** A believable person; about one in forty has a character beyond the basic plane, one in twelve a rare one. */
export function drawPerson(draw: Draw, script: Script): Person {
  const { people } = wordsOf(script);
  const sex = draw.chance(0.55) ? 'male' : 'female';
  const first = sex === 'male' ? people.maleFirst : people.femaleFirst;
  const second = sex === 'male' ? people.maleSecond : people.femaleSecond;
  const surname = draw.pick(people.surnames);
  const kind = draw.next();
  if (kind < 0.025) return { name: surname + draw.pick(people.beyondPlane), sex };
  if (kind < 0.11) return { name: surname + draw.pick(first) + draw.pick(people.rareSecond), sex };
  if (kind < 0.25) return { name: surname + draw.pick(second), sex };
  return { name: surname + draw.pick(first) + draw.pick(second), sex };
}

/** A person of the place: abroad with a name of that country. */
export function drawPersonOf(draw: Draw, place: Place, script: Script): string {
  if (isAbroad(place)) return draw.pick(foreignList(wordsOf(script).people.foreign, place));
  return drawPerson(draw, script).name;
}

/** Outside the countries whose people and companies have Chinese names. */
export const isAbroad = (place: Place): boolean => !['cn', 'tw', 'hk', 'mo'].includes(place.country);

export function foreignList(lists: Readonly<Record<string, readonly string[]>>, place: Place): readonly string[] {
  return lists[place.country] ?? lists['other'] ?? [];
}

/** A mobile number as people of the place write it. Numbers are made up; whose they may be is not looked at. */
export function drawMobile(draw: Draw, place: Place): string {
  if (place.country === 'cn')
    return `1${draw.pick(['30', '35', '38', '39', '50', '58', '77', '86', '89'])}${draw.digits(8)}`;
  if (place.country === 'tw') return `09${draw.digits(2)}-${draw.digits(3)}-${draw.digits(3)}`;
  return `${place.areaCode} ${draw.digits(2)} ${draw.digits(4)} ${draw.digits(4)}`;
}

export function drawLandline(draw: Draw, place: Place): string {
  if (place.country === 'cn') return `${place.areaCode}-${draw.digits(8)}`;
  if (place.country === 'tw')
    return `${place.areaCode}-${draw.digits(place.areaCode === '02' || place.areaCode === '04' ? 8 : 7)}`;
  return `${place.areaCode} ${draw.digits(3)} ${draw.digits(4)}`;
}

/** Street and number in a place, written as there. */
export function drawAddress(draw: Draw, place: Place, script: Script): string {
  if (place.country !== 'cn' && place.country !== 'tw') return draw.pick(place.roads);
  const number = draw.between(1, 880);
  const road = draw.pick(place.roads);
  const street = `${place.province}${place.city}${place.district}${road}${number}`;
  const hao = script === 'hans' ? '号' : '號';
  if (place.country === 'tw') return draw.chance(0.6) ? `${street}${hao}${draw.between(2, 15)}樓` : `${street}${hao}`;
  const kind = draw.next();
  const [building, room] = [draw.between(1, 12), `${draw.between(2, 22)}${draw.digits(2)}`];
  if (kind < 0.4) return `${street}${hao}${building}幢${room}室`;
  return kind < 0.6 ? `${street}${hao}${String.fromCharCode(64 + building)}座${room}` : `${street}${hao}`;
}

/** Birth date and a resident identity number that fits it and the sex. */
export function drawIdentity(
  draw: Draw,
  place: Place,
  sex: Person['sex'],
): { readonly bornOn: string; readonly number: string } {
  const two = (value: number) => String(value).padStart(2, '0');
  const bornOn = `${draw.between(1952, 2003)}-${two(draw.between(1, 12))}-${two(draw.between(1, 28))}`;
  const number = makeResidentIdentityNumber(draw.next, {
    ...(place.division === '' ? {} : { division: place.division }),
    bornOn,
    sex,
  });
  return { bornOn, number };
}
