//! A linked list. Unlike `Vec` it never reallocates, so no growth code is linked in.

use alloc::boxed::Box;

/// Items in the order in which they were added.
pub struct List<T>(Option<Box<Item<T>>>);

struct Item<T> {
    value: T,
    next: List<T>,
}

impl<T> List<T> {
    /// An empty list.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Adds an item at the end.
    pub fn push(&mut self, value: T) {
        self.append(Self(Some(Box::new(Item { value, next: Self::new() }))));
    }

    /// Adds the items of another list at the end.
    pub fn append(&mut self, other: Self) {
        let mut link = &mut self.0;
        while let Some(item) = link {
            link = &mut item.next.0;
        }
        *link = other.0;
    }

    /// Removes the items for which `keep` returns false.
    pub fn retain(&mut self, keep: impl Fn(&T) -> bool) {
        let mut link = &mut self.0;
        while let Some(mut item) = link.take() {
            if keep(&item.value) {
                link = &mut link.insert(item).next.0;
            } else {
                *link = item.next.0.take();
            }
        }
    }

    /// Iterates over the items.
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// Iterates over the items, which may be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_, T> {
        IterMut(Some(self))
    }
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self::new()
    }
}

/// An iterator over the items of a list.
pub struct Iter<'a, T>(&'a List<T>);

impl<'a, T> Iterator for Iter<'a, T> {
    type Item = &'a T;

    fn next(&mut self) -> Option<&'a T> {
        let item = self.0.0.as_deref()?;
        self.0 = &item.next;
        Some(&item.value)
    }
}

impl<'a, T> IntoIterator for &'a List<T> {
    type Item = &'a T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

/// A mutable iterator over the items of a list.
pub struct IterMut<'a, T>(Option<&'a mut List<T>>);

impl<'a, T> Iterator for IterMut<'a, T> {
    type Item = &'a mut T;

    fn next(&mut self) -> Option<&'a mut T> {
        let item = self.0.take()?.0.as_deref_mut()?;
        self.0 = Some(&mut item.next);
        Some(&mut item.value)
    }
}

impl<'a, T> IntoIterator for &'a mut List<T> {
    type Item = &'a mut T;
    type IntoIter = IterMut<'a, T>;

    fn into_iter(self) -> IterMut<'a, T> {
        self.iter_mut()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_order() {
        let mut list = List::new();
        for item in 0..5 {
            list.push(item);
        }
        list.retain(|item| item % 2 == 0);
        for item in &mut list {
            *item += 1;
        }
        let mut more = List::new();
        more.push(9);
        list.append(more);
        assert!(list.iter().eq(&[1, 3, 5, 9]));
    }
}
