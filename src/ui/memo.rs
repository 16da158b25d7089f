//! Something derived that is remembered as long as what it was derived from is the same. There is a
//! measured reason for each of them: none is made where deriving costs less than a frame can bear.

/// A derived value, and what it was derived from.
#[derive(Debug)]
pub struct Memo<K, T> {
    of: Option<K>,
    value: T,
}

impl<K, T: Default> Default for Memo<K, T> {
    fn default() -> Self {
        Self {
            of: None,
            value: T::default(),
        }
    }
}

impl<K: PartialEq, T> Memo<K, T> {
    /// Derives the value anew, from `key` and the value before, where it was derived from something
    /// else. Whether it was.
    pub fn refresh(&mut self, key: K, derive: impl FnOnce(&T) -> T) -> bool {
        let is_stale = self.of.as_ref() != Some(&key);
        if is_stale {
            self.value = derive(&self.value);
            self.of = Some(key);
        }
        is_stale
    }

    pub fn get(&self) -> &T {
        &self.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_derived_once_for_each_key() {
        let mut memo: Memo<u8, Vec<u8>> = Memo::default();
        let with = |key| move |before: &Vec<u8>| [before.as_slice(), &[key]].concat();
        let derived: Vec<bool> = [1, 1, 2, 2, 1]
            .map(|key| memo.refresh(key, with(key)))
            .to_vec();
        assert_eq!(derived, [true, false, true, false, true]);
        assert_eq!(memo.get(), &[1, 2, 1]);
    }
}
