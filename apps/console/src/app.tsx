import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { RouterProvider } from 'react-aria-components';
import { Route, Switch, useLocation } from 'wouter';
import { ApiProvider } from './api/api-context.tsx';
import { createQueryClient } from './api/query-client.ts';
import { Loading } from './design/loading.tsx';
import { JobPage } from './job/job-page.tsx';
import { JobsPage } from './jobs/jobs-page.tsx';
import { Layout } from './layout/layout.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { PageFailure } from './layout/page-failure.tsx';
import { TokenGate } from './session/token-gate.tsx';
import { StackPage } from './stack/stack-page.tsx';
import { UploadPage } from './upload/upload-page.tsx';
import { UploadsProvider } from './upload/uploads-context.tsx';

// The player is large, so it is loaded with the first film.
const FilmPage = lazy(() => import('./film/film-page.tsx').then(({ FilmPage }) => ({ default: FilmPage })));
const CertificatePage = lazy(() =>
  import('./film/certificate/certificate-page.tsx').then(({ CertificatePage }) => ({
    default: CertificatePage,
  })),
);

export function App() {
  const [path, navigate] = useLocation();
  return (
    <RouterProvider navigate={navigate}>
      <TokenGate>
        {(token, onTokenRefused) => (
          <Connected token={token} onTokenRefused={onTokenRefused}>
            <Layout>
              <PageFailure key={path}>
                <Suspense fallback={<Loading />}>
                  <Pages />
                </Suspense>
              </PageFailure>
            </Layout>
          </Connected>
        )}
      </TokenGate>
    </RouterProvider>
  );
}

interface ConnectedProps {
  readonly token: string;
  readonly onTokenRefused: () => void;
  readonly children: ReactNode;
}

/** Provides what pages use of the API. */
function Connected({ token, onTokenRefused, children }: ConnectedProps) {
  const [queryClient] = useState(() => createQueryClient(onTokenRefused));
  return (
    <ApiProvider token={token}>
      <QueryClientProvider client={queryClient}>
        <UploadsProvider>{children}</UploadsProvider>
      </QueryClientProvider>
    </ApiProvider>
  );
}

function Pages() {
  return (
    <Switch>
      <Route path="/">
        <JobsPage />
      </Route>
      <Route path="/jobs/:jobId">{({ jobId }) => <JobPage key={jobId} jobId={jobId} />}</Route>
      <Route path="/films/:jobId">{({ jobId }) => <FilmPage key={jobId} jobId={jobId} />}</Route>
      <Route path="/films/:jobId/certificate">
        {({ jobId }) => <CertificatePage key={jobId} jobId={jobId} />}
      </Route>
      <Route path="/upload">
        <UploadPage />
      </Route>
      <Route path="/stack">
        <StackPage />
      </Route>
      <Route>
        <NotFoundPage />
      </Route>
    </Switch>
  );
}
