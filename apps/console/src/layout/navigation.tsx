import { Link } from 'react-aria-components';
import { useLocation } from 'wouter';
import { Mark } from './mark.tsx';
import './navigation.css';

const pages = [
  { href: '/', name: 'Jobs', isCurrent: (path: string) => path === '/' || /^\/(jobs|films)\//.test(path) },
  { href: '/upload', name: 'Upload', isCurrent: (path: string) => path === '/upload' },
  { href: '/stack', name: 'Stack', isCurrent: (path: string) => path === '/stack' },
];

export function Navigation() {
  const [path] = useLocation();
  return (
    <nav aria-label="Pages" className="navigation">
      <Link href="/" className="navigation-brand" aria-label="Fyrestream">
        <Mark />
        <span className="navigation-name">Fyrestream</span>
      </Link>
      <ul className="navigation-pages">
        {pages.map(({ href, name, isCurrent }) => (
          <li key={href}>
            <Link
              href={href}
              className="navigation-page"
              {...(isCurrent(path) && { 'aria-current': 'page' })}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
