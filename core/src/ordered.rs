//! Sorted lists. Entries arrive nearly in order, so inserting an item or merging a list is cheaper than sorting all of
//! it again.

/// Inserts `item` after all items that are not after it. `before(a, b)`: whether `a` comes before `b`.
pub fn insert<T>(list: &mut Vec<T>, item: T, before: impl Fn(&T, &T) -> bool) {
    let at = list.partition_point(|known| !before(&item, known));
    list.insert(at, item);
}

/// Sorts items that are nearly in order.
pub fn sorted<T>(items: impl IntoIterator<Item = T>, before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    let mut list = vec![];
    items.into_iter().for_each(|item| insert(&mut list, item, &before));
    list
}

/// Merges two sorted lists. Of equal items, those of `first` come first.
pub fn merge<T>(mut first: Vec<T>, second: Vec<T>, before: impl Fn(&T, &T) -> bool) -> Vec<T> {
    if first.last().zip(second.first()).is_none_or(|(last, next)| !before(next, last)) {
        first.extend(second);
        return first;
    }
    let mut out = Vec::with_capacity(first.len() + second.len());
    let mut first = first.into_iter().peekable();
    for item in second {
        while let Some(earlier) = first.next_if(|one| !before(&item, one)) {
            out.push(earlier);
        }
        out.push(item);
    }
    out.extend(first);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_as_it_came() {
        let before = |a: &(i32, char), b: &(i32, char)| a.0 < b.0;
        let list = sorted([(2, 'a'), (1, 'b'), (2, 'c'), (0, 'd'), (1, 'e')], before);
        assert_eq!(list, [(0, 'd'), (1, 'b'), (1, 'e'), (2, 'a'), (2, 'c')]);
        let merged = merge(list, vec![(1, 'x'), (3, 'y')], before);
        assert_eq!(merged, [(0, 'd'), (1, 'b'), (1, 'e'), (1, 'x'), (2, 'a'), (2, 'c'), (3, 'y')]);
        assert_eq!(merge(vec![], vec![1], |a, b| a < b), [1]);
    }
}
