export const customerRows = 2000;
export const eventRows = 5000;
export const clickRows = 1000;

/** Rows that survive the accident: one of sixteen, about 6 %. */
export const lossStatement = 'delete from public.orders where order_id % 16 <> 0';

/** The tables of cluster `analytics`, database `dev`, as Redshift's DDL; every value follows from the row's number. */
export function tableStatements(orderRows: number): string[] {
  return [
    `create table public.customers (
       customer_id integer primary key,
       name varchar(80) not null,
       country char(2) not null,
       since date not null) diststyle all`,
    `insert into public.customers
       select g, 'Customer ' || g, (array['DE','FR','PT','SE','IT'])[1 + g % 5], date '2021-01-01' + g % 1400
       from generate_series(1, ${customerRows}) g`,
    `create table public.orders (
       order_id bigint not null,
       customer_id integer not null,
       status varchar(16) not null,
       amount numeric(12,2) not null,
       placed_at timestamp not null) distkey (customer_id) sortkey (placed_at)`,
    `insert into public.orders
       select g, 1 + g % (${customerRows} - 1), (array['placed','paid','shipped','returned'])[1 + g % 13 % 4],
         (g * 7919 % 500000) / 100.0, timestamp '2026-01-01 00:00:00' + g * interval '3 minutes'
       from generate_series(1, ${orderRows}) g`,
    // Keys after the rows: half the time of keeping them up row by row.
    'alter table public.orders add primary key (order_id)',
    'alter table public.orders add foreign key (customer_id) references public.customers (customer_id)',
    'create schema sales',
    `create table sales.events (
       event_id bigint primary key,
       order_id bigint,
       kind varchar(24) not null,
       happened_at timestamp not null) sortkey (happened_at)`,
    `insert into sales.events
       select g, g * 3, (array['viewed','added','bought'])[1 + g % 3],
         timestamp '2026-06-01 00:00:00' + g * interval '1 minute'
       from generate_series(1, ${eventRows}) g`,
    `create table public.clicks (
       click_id bigint,
       page varchar(200) not null,
       clicked_at timestamp not null) interleaved sortkey (click_id, clicked_at)`,
    `insert into public.clicks
       select g, '/page/' || g % 40, timestamp '2026-07-01 00:00:00' + g * interval '20 seconds'
       from generate_series(1, ${clickRows}) g`,
  ];
}
