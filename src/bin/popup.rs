//! The popup's program.

fn main() {
    upscope_inspector::ui::start();
}
