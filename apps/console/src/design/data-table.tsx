import type { ReactNode } from 'react';
import './data-table.css';

export interface Column<Row> {
  readonly name: string;
  readonly look?: 'number' | 'time' | 'why';
  readonly cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  /** For screen readers. */
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/** A table for reading. The frame can be focused, so that the keyboard scrolls it. */
export function DataTable<Row>({ label, columns, rows, keyOf }: Props<Row>) {
  const [first, ...rest] = columns;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard
    <section className="data-table-frame" aria-label={label} tabIndex={0}>
      <table className="data-table">
        <thead>
          <tr>
            {columns.map(({ name, look }) => (
              <th key={name} scope="col" className={classOf(look)}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              <th scope="row">{first?.cell(row)}</th>
              {rest.map(({ name, look, cell }) => (
                <td key={name} className={classOf(look)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function classOf(look: Column<unknown>['look']): string | undefined {
  return look && `data-table-${look}`;
}
