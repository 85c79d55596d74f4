// Written by `nx sync`: the names of all hosts, as types. Hosts are loaded one by one, never from here.
declare module "@croft/evaluator" {
  interface Hosts {
    barn: true;
    mill: true;
    orchard: true;
  }
}

export {};
