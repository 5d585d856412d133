/** How far back an overview may look, apart from its schemas: what a page of the console has to know. */
export const OVERVIEW_WINDOWS = ['1h', '24h', '7d', '30d'] as const;
