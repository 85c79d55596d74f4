/** The services of the fleet; each service's module adds its own name by declaration merging. */
export interface Services {}
