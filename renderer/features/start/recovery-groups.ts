const GROUP_LENGTH = 4;

/** A recovery key as it is printed: groups of four. */
export function recoveryGroups(recoveryKey: string): readonly string[] {
  return recoveryKey.match(/.{1,4}/gu) ?? [];
}

/** How many groups a key of this length has. */
export function groupCount(length: number): number {
  return Math.ceil(length / GROUP_LENGTH);
}

/** Two different groups to be typed back, in order. The first ones are the same on every sheet and prove nothing. */
export function groupsToAsk(count: number, random: () => number = Math.random): readonly [number, number] {
  const constant = 4;
  const first = constant + Math.floor(random() * (count - constant));
  const second = constant + Math.floor(random() * (count - constant - 1));
  const other = second >= first ? second + 1 : second;
  return first < other ? [first, other] : [other, first];
}
