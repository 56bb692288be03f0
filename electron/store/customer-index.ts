import type { Reader } from './sql.ts';

/** What an index says of a customer's dossier. */
export interface IndexedCustomer {
  readonly number: string;
  readonly name: string;
  /** Places of the papers that stand loose, one a line, each once. */
  readonly places: string;
  /** Classes that have papers, `1,2,4`. */
  readonly classes: string;
  readonly papers: number;
  /** Papers lent out at this moment. */
  readonly out: number;
}

/** Every customer with where the papers stand; those taken out or superseded do not count. */
export function indexedCustomers(sql: Reader): IndexedCustomer[] {
  return sql.all<IndexedCustomer>(
    `SELECT customer.number, customer.name,
       coalesce((SELECT group_concat(place, char(10)) FROM (SELECT DISTINCT place FROM paper
         WHERE customer_id = customer.id AND state IN ('inPlace', 'lent') AND place <> '' ORDER BY place)), '') AS places,
       coalesce((SELECT group_concat(class, ',') FROM (SELECT DISTINCT class FROM paper
         WHERE customer_id = customer.id AND state IN ('inPlace', 'lent', 'bound') ORDER BY class)), '') AS classes,
       (SELECT count(*) FROM paper WHERE customer_id = customer.id AND state IN ('inPlace', 'lent', 'bound')) AS papers,
       (SELECT count(*) FROM paper WHERE customer_id = customer.id AND state = 'lent') AS out
     FROM customer`,
  );
}
