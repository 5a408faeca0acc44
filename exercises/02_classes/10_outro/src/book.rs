//! The matching of orders, in plain Rust. This file is complete and knows nothing about Python.

use std::collections::BTreeMap;

/// An order: buy or sell, at which price, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub buy: bool,
    pub price: u64,
    pub quantity: u64,
}

/// A trade between a new order and a waiting one, at the price of the waiting one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fill {
    pub id: u64,
    pub price: u64,
    pub quantity: u64,
}

/// The waiting orders. Each has a number, and later orders have higher numbers.
#[derive(Default)]
pub struct Book {
    waiting: BTreeMap<u64, Entry>,
    last: u64,
}

impl Book {
    /// Gives the order a number and trades as much as possible: the best price first, and for equal prices the order that
    /// has waited longest. The rest of it waits.
    pub fn place(&mut self, mut order: Entry) -> (u64, Vec<Fill>) {
        self.last += 1;
        let mut fills = Vec::new();
        while order.quantity > 0 {
            let Some((id, best)) = self.best(!order.buy) else {
                break;
            };
            let (bid, ask) = if order.buy {
                (order.price, best.price)
            } else {
                (best.price, order.price)
            };
            if bid < ask {
                break;
            }
            let quantity = order.quantity.min(best.quantity);
            order.quantity -= quantity;
            if quantity == best.quantity {
                self.waiting.remove(&id);
            } else {
                self.waiting
                    .entry(id)
                    .and_modify(|e| e.quantity -= quantity);
            }
            fills.push(Fill {
                id,
                price: best.price,
                quantity,
            });
        }
        if order.quantity > 0 {
            self.waiting.insert(self.last, order);
        }
        (self.last, fills)
    }

    /// Removes a waiting order.
    pub fn cancel(&mut self, id: u64) -> Option<Entry> {
        self.waiting.remove(&id)
    }

    /// A waiting order, with the quantity that is left.
    pub fn get(&self, id: u64) -> Option<Entry> {
        self.waiting.get(&id).copied()
    }

    /// The numbers of the waiting orders, oldest first.
    pub fn ids(&self) -> Vec<u64> {
        self.waiting.keys().copied().collect()
    }

    /// The best price among the waiting orders to buy, or to sell.
    pub fn best(&self, buy: bool) -> Option<(u64, Entry)> {
        let side = self.waiting.iter().filter(|(_, order)| order.buy == buy);
        let best = side.min_by_key(|(id, order)| {
            let price = if buy {
                u64::MAX - order.price
            } else {
                order.price
            };
            (price, **id)
        });
        best.map(|(id, order)| (*id, *order))
    }
}
