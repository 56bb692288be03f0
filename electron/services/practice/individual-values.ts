import { addYears } from '../../../shared/util/days.ts';
import type { StoredValues } from '../customer-record.ts';
import type { Draw } from './draw.ts';
import { moneyOf, type PracticeWorld } from './enterprise-values.ts';
import { drawAddress, drawIdentity, drawLandline, drawMobile, drawPerson } from './people.ts';
import type { Place } from './vocabulary/places-vocabulary.ts';
import { type Script, wordsOf } from './words.ts';

export interface PracticeIndividual {
  readonly values: StoredValues;
  readonly creditLimit: number;
  readonly currency: string;
}

/** A person's card (C2) with everything that may be asked with consent. */
export function individualValues(draw: Draw, world: PracticeWorld, place: Place, script: Script): PracticeIndividual {
  const { people, sentences } = wordsOf(script);
  const person = drawPerson(draw, script);
  const mainland = place.country === 'cn';
  const currency = place.country === 'tw' ? 'TWD' : mainland ? 'CNY' : 'USD';
  const identity = drawIdentity(draw, place, person.sex);
  const consentOn = world.calendar.dayInYears(draw);
  const creditLimit = draw.chance(0.15) ? draw.between(1, 10) * 5_000 : 0;
  const documents: StoredValues = mainland
    ? { identityDocumentType: 'residentIdentityCard', identityDocumentNumber: identity.number }
    : draw.chance(0.3)
      ? { identityDocumentType: 'passport', identityDocumentNumber: draw.digits(9) }
      : {};
  const values: StoredValues = {
    name: person.name,
    salutation: person.sex === 'male' ? '先生' : '女士',
    sex: person.sex,
    birthDate: identity.bornOn,
    ...documents,
    education: draw.pick(['seniorSecondary', 'juniorCollege', 'bachelor', 'bachelor', 'master']),
    mobile: drawMobile(draw, place),
    ...(draw.chance(0.3) ? { homePhone: drawLandline(draw, place) } : {}),
    ...(draw.chance(0.5) ? { email: `p${draw.digits(5)}@mail.example` } : {}),
    postalAddress: drawAddress(draw, place, script),
    country: place.country,
    region: place.region,
    salesArea: place.short,
    routeOrder: draw.between(1, 60) * 10,
    employer: `${place.short}${draw.pick(sentences.brandFirst)}${draw.pick(sentences.brandSecond)}${draw.pick(sentences.formsMainland)}`,
    position: draw.pick(people.positions),
    occupation: draw.pick(people.occupations),
    incomeBand: draw.pick(['lowerMiddle', 'middle', 'middle', 'upperMiddle']),
    ...(draw.chance(0.25)
      ? { family: [{ relation: draw.pick(people.relations), name: drawPerson(draw, script).name }] }
      : {}),
    customerSource: draw.pick(['referral', 'exhibition', 'shop', 'online', 'telephone']),
    purchaseFrequency: draw.pick(['weekly', 'monthly', 'quarterly', 'yearly', 'occasional']),
    paymentHabit: draw.pick(['prompt', 'prompt', 'occasionallyLate', 'oftenLate', 'unknown']),
    creditGrade: creditLimit > 0 ? draw.pick(['a', 'b', 'c']) : 'd',
    creditLimit: moneyOf(creditLimit, currency),
    memberLevel: draw.pick(['ordinary', 'silver', 'gold', 'platinum']),
    memberPoints: draw.between(0, 240) * 50,
    ...(draw.chance(0.15)
      ? {
          complaints: [
            {
              description: draw.pick(sentences.complaints),
              date: world.calendar.dayInYears(draw),
              handling: draw.pick(sentences.complaintHandling),
            },
          ],
        }
      : {}),
    overallEvaluation: draw.pick(['excellent', 'good', 'good', 'fair']),
    responsibleSalesperson: draw.pick(world.salespeople),
    consentOn,
    consentPurpose: draw.pick(sentences.consentPurposes),
    consentKeepUntil: addYears(consentOn, 5),
    remarks: draw.pick(sentences.remarks),
  };
  values['filledInBy'] = values['responsibleSalesperson'] ?? null;
  return { values, creditLimit, currency };
}
