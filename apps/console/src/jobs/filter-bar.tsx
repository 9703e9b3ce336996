import { useEffect, useState } from 'react';
import { Input, SearchField, ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { JobStatus } from '../api/views.ts';
import '../design/text-input.css';
import './filter-bar.css';
import { type JobFilter, jobStatuses } from './job-filter.ts';

interface Props {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

const typingMilliseconds = 250;

export function FilterBar({ filter, onChange }: Props) {
  const [search, setSearch] = useState(filter.search);
  useEffect(() => setSearch(filter.search), [filter.search]);
  // Asks the API when a person stops typing.
  useEffect(() => {
    if (search === filter.search) return;
    const timer = setTimeout(() => onChange({ ...filter, search }), typingMilliseconds);
    return () => clearTimeout(timer);
  }, [search, filter, onChange]);
  return (
    <search className="filter-bar">
      <ToggleButtonGroup
        aria-label="Status"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[filter.status ?? 'all']}
        onSelectionChange={([chosen]) =>
          onChange({ ...filter, status: chosen === 'all' ? null : (chosen as JobStatus) })
        }
        className="filter-bar-statuses"
      >
        {['all', ...jobStatuses].map((status) => (
          <ToggleButton key={status} id={status} className="filter-bar-status">
            {status}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <SearchField
        aria-label="Search by name"
        value={search}
        onChange={setSearch}
        className="filter-bar-search"
      >
        <Input placeholder="Search by name" className="text-input filter-bar-input" />
      </SearchField>
    </search>
  );
}
