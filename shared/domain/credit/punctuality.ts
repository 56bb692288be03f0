/**
 * How punctually was paid (G1): of what fell due in a period, the share that was covered by the day it was due. Credits cover what is due
 * first, whatever they name; amounts are minor units of one currency.
 * @returns percent to a tenth, or null when nothing fell due in the period
 */
export function punctuality(
  debts: readonly { readonly due: string; readonly amount: number }[],
  credits: readonly { readonly date: string; readonly amount: number }[],
  from: string,
  to: string,
): number | null {
  const due = debts.filter((debt) => debt.due <= to).sort((a, b) => (a.due < b.due ? -1 : 1));
  const paid = [...credits].sort((a, b) => (a.date < b.date ? -1 : 1));
  let owedBefore = 0;
  let credited = 0;
  let next = 0;
  let asked = 0;
  let onTime = 0;
  for (const debt of due) {
    for (let credit = paid[next]; credit !== undefined && credit.date <= debt.due; credit = paid[next]) {
      credited += credit.amount;
      next += 1;
    }
    if (debt.due >= from) {
      asked += debt.amount;
      onTime += Math.max(0, Math.min(debt.amount, credited - owedBefore));
    }
    owedBefore += debt.amount;
  }
  return asked === 0 ? null : Math.round((onTime * 1000) / asked) / 10;
}
